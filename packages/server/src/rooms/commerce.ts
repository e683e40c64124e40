import { WireError } from '@groundlevel/contract-kit'
import { type ContactActs, holdContacts, setContactType } from '../crm/contacts/index.js'
import type { Talk } from '../crm/conversations/index.js'
import {
  type Desk,
  type PaymentPorts,
  paymentsModule,
  payPages,
  refundJob,
  renewalJob,
  type SeedOrder,
  seedOrders,
} from '../crm/payments/index.js'
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
import { createOutbound, type Webhooks } from '../webhooks/index.js'

interface CommerceParts {
  readonly talk: Pick<Talk, 'sendMessage'>
  readonly services: Services
  readonly contacts: ContactActs
  readonly identity: Pick<Identity, 'location'>
  readonly webhooks: Pick<Webhooks, 'addEvents' | 'wake'>
}

/** A buyer waits meanwhile. */
const providerTimeMs = 10_000

const json = { 'content-type': 'application/json', accept: 'application/json' }

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
  const outbound = createOutbound({ allowLoopback: !services.config.production, deadlineMs: providerTimeMs })
  const desk: Desk = {
    db: services.db,
    location: identity.location,
    addEvents: webhooks.addEvents,
    wake: webhooks.wake,
    publicUrl: () => services.publicUrl,
    ask: async (url, payload) =>
      (await outbound.post(url, json, Buffer.from(JSON.stringify(payload)))) ?? {
        status: null,
        body: null,
        error: 'The server stops.',
      },
  }
  const ports: PaymentPorts = {
    desk,
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
  const { db, clock, secret, say } = services
  const pages = { desk, secret, clock, testProvider: ports.testProvider }
  return {
    implementations: [...productsModule(), ...paymentsModule(ports)],
    jobs: [renewalJob({ ...desk, db, say }), refundJob({ desk, secret, say })],
    payPages: payPages(pages),
    /** Cuts short whatever is asked of providers. */
    stop: () => outbound.close(),
  }
}
