import { type ContactActs, holdContacts, setContactType } from '../crm/contacts/index.js'
import { type PaymentPorts, paymentsModule, renewalJob } from '../crm/payments/index.js'
import { firstPrices, holdGoods, lockPrices, moveStock, productsModule } from '../crm/products/index.js'
import type { Identity } from '../identity/index.js'
import type { Services } from '../services.js'
import type { Webhooks } from '../webhooks/index.js'

interface CommerceParts {
  readonly services: Services
  readonly contacts: ContactActs
  readonly identity: Pick<Identity, 'location'>
  readonly webhooks: Pick<Webhooks, 'addEvents' | 'wake'>
}

/** Products, and what is sold of them. */
export const commerce = ({ services, contacts, identity, webhooks }: CommerceParts) => {
  const ports: PaymentPorts = {
    shelf: { firstPrices, holdGoods, lockPrices, moveStock },
    buyers: { acts: contacts, hold: holdContacts, setType: setContactType },
    secret: services.secret,
    testProvider: !services.config.production,
  }
  const renewals = renewalJob({
    db: services.db,
    location: identity.location,
    addEvents: webhooks.addEvents,
    wake: webhooks.wake,
  })
  return { implementations: [...productsModule(), ...paymentsModule(ports)], jobs: [renewals] }
}
