import { randomBytes } from 'node:crypto'
import { contactActs, contactsModule, holdContacts, setContactType } from '../crm/contacts/index.js'
import { movePurchases, type Notice, paymentsModule } from '../crm/payments/index.js'
import { firstPrices, holdGoods, lockPrices, moveStock, productsModule } from '../crm/products/index.js'
import { contactPorts } from './contact-ports.js'
import { type Answer, type ModuleApp, moduleApp } from './module-app.js'

/** A sub-account with contacts, products and a till, on a real database. */
export interface Shop extends ModuleApp {
  readonly notices: Notice[]
  readonly contactId: string
  post(path: string, fields?: object): Promise<Answer>
  get(path: string): Promise<Answer>
  /** @returns ids of a new product's only price and of itself */
  price(fields?: object, product?: object): Promise<{ readonly priceId: string; readonly productId: string }>
  order(items: readonly object[], fields?: object): Promise<Answer>
  contact(fields: object): Promise<string>
}

export const openShop = async (): Promise<Shop> => {
  const notices: Notice[] = []
  const on = await moduleApp(({ lookups }) => {
    const ports = contactPorts(lookups, { moves: [movePurchases] })
    const payments = paymentsModule({
      shelf: { firstPrices, holdGoods, lockPrices, moveStock },
      buyers: { acts: contactActs(ports), hold: holdContacts, setType: setContactType },
      notify: async (_db, notice) => void notices.push(notice),
      secret: randomBytes(32),
      testProvider: true,
    })
    return [...contactsModule(ports), ...productsModule(), ...payments]
  })
  // A token of its own for each call: a test makes more of them in a moment than one app may.
  const call: ModuleApp['call'] = (method, path, options) => on.call(method, path, { token: on.token(), ...options })
  const alt = { altId: on.locationId, altType: 'location' }
  const post = (path: string, fields: object = {}) => call('POST', path, { body: { ...alt, ...fields } })
  const get = (path: string) => call('GET', `${path}${path.includes('?') ? '&' : '?'}altId=${on.locationId}&altType=location`)
  const contact = async (fields: object): Promise<string> =>
    (await call('POST', '/contacts/', { body: { locationId: on.locationId, ...fields } })).body.contact.id
  const price = async (fields: object = {}, product: object = {}) => {
    const owner = { locationId: on.locationId }
    const body = { ...owner, name: 'Tee', productType: 'PHYSICAL', ...product }
    const { _id: productId } = (await call('POST', '/products/', { body })).body
    const its = { ...owner, name: 'Blue', type: 'one_time', currency: 'USD', amount: 10, ...fields }
    const { _id: priceId } = (await call('POST', `/products/${productId}/price`, { body: its })).body
    return { priceId, productId }
  }
  const contactId = await contact({ firstName: 'Ada', lastName: 'Buyer', email: 'ada@buyer.example' })
  const order = (items: readonly object[], fields: object = {}) =>
    post('/payments/orders', { contactId, currency: 'usd', items, ...fields })
  return Object.assign({ ...on, call }, { notices, contactId, post, get, price, order, contact })
}
