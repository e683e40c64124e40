import { WireError } from '@groundlevel/contract-kit'
import { type ContactActs, holdContacts, setContactType } from '../crm/contacts/index.js'
import type { Talk } from '../crm/conversations/index.js'
import { type PaymentPorts, paymentsModule, renewalJob, type SeedOrder, seedOrders } from '../crm/payments/index.js'
import {
  firstPrices,
  holdGoods,
  lockPrices,
  moveStock,
  productsModule,
  type SeedProduct,
  seedProducts,
} from '../crm/products/index.js'
import type { Db } from '../database/wire.js'
import type { Identity } from '../identity/index.js'
import type { Services } from '../services.js'
import type { Webhooks } from '../webhooks/index.js'

interface CommerceParts {
  readonly talk: Pick<Talk, 'sendMessage'>
  readonly services: Services
  readonly contacts: ContactActs
  readonly identity: Pick<Identity, 'location'>
  readonly webhooks: Pick<Webhooks, 'addEvents' | 'wake'>
}

const shelf: PaymentPorts['shelf'] = { firstPrices, holdGoods, lockPrices, moveStock }

/** What the demo world sells, and has sold. */
export const seedShop = async (
  db: Db,
  locationId: string,
  products: readonly SeedProduct[],
  orders: readonly SeedOrder[],
  now: Date,
): Promise<void> => {
  await seedProducts(db, locationId, products, now)
  await seedOrders(db, shelf, locationId, orders)
}

/** Products, and what is sold of them. */
export const commerce = ({ services, contacts, identity, webhooks, talk }: CommerceParts) => {
  const ports: PaymentPorts = {
    shelf,
    buyers: { acts: contacts, hold: holdContacts, setType: setContactType },
    notify: async (db, { locationId, contactId, subject, text }, now) => {
      try {
        await talk.sendMessage(db, { locationId, contactId, type: 'Email', subject, message: text, source: 'app', now })
      } catch (error) {
        // A contact without an address, or one that is not to be disturbed, holds no parcel up.
        if (!(error instanceof WireError)) throw error
      }
    },
    secret: services.secret,
    testProvider: !services.config.production,
  }
  const renewals = renewalJob({
    db: services.db,
    location: identity.location,
    addEvents: webhooks.addEvents,
    wake: webhooks.wake,
    say: services.say,
  })
  return { implementations: [...productsModule(), ...paymentsModule(ports)], jobs: [renewals] }
}
