import { randomBytes } from 'node:crypto'
import { contactActs, contactsModule, holdContacts, setContactType } from '../crm/contacts/index.js'
import { type Desk, movePurchases, type Notice, paymentsModule, payPages } from '../crm/payments/index.js'
import { firstPrices, holdGoods, lockPrices, moveStock, productsModule } from '../crm/products/index.js'
import { createOutbound } from '../webhooks/index.js'
import { contactPorts } from './contact-ports.js'
import { type Answer, type ModuleApp, moduleApp } from './module-app.js'

interface Told {
  readonly type: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever was told
  readonly payload: any
}

/** A sub-account with contacts, products and a till, on a real database. */
export interface Shop extends ModuleApp {
  readonly notices: Notice[]
  /** Events that no call with a token wrote. */
  readonly told: Told[]
  readonly contactId: string
  readonly desk: Desk
  readonly secret: Buffer
  post(path: string, fields?: object): Promise<Answer>
  get(path: string): Promise<Answer>
  /** @returns ids of a new product's only price and of itself */
  price(fields?: object, product?: object): Promise<{ readonly priceId: string; readonly productId: string }>
  order(items: readonly object[], fields?: object): Promise<Answer>
  contact(fields: object): Promise<string>
}

export const openShop = async (): Promise<Shop> => {
  const notices: Notice[] = []
  const told: Told[] = []
  const secret = randomBytes(32)
  const outbound = createOutbound({ allowLoopback: true, deadlineMs: 2_000 })
  let lookupsOf: ModuleApp['db'] | undefined
  const deskIn = (db: ModuleApp['db']): Desk => ({
    db,
    location: async (id) => lookupsOf?.selectFrom('locations').selectAll().where('id', '=', id).executeTakeFirst(),
    addEvents: async (_db, { type }, texts) => void told.push(...texts.map((text) => ({ type, payload: JSON.parse(text) }))),
    wake: () => {},
    publicUrl: () => 'http://127.0.0.1:4000',
    ask: async (url, payload) => {
      const headers = { 'content-type': 'application/json' }
      return (await outbound.post(url, headers, Buffer.from(JSON.stringify(payload)))) ?? { status: null, body: null, error: '' }
    },
  })
  const modules = ({ db, lookups }: { db: ModuleApp['db']; lookups: ModuleApp['db'] }) => {
    lookupsOf = lookups
    const ports = contactPorts(lookups, { moves: [movePurchases] })
    const payments = paymentsModule({
      desk: deskIn(db),
      shelf: { firstPrices, holdGoods, lockPrices, moveStock },
      buyers: { acts: contactActs(ports), hold: holdContacts, setType: setContactType },
      notify: async (_db, notice) => void notices.push(notice),
      secret,
      testProvider: true,
    })
    return [...contactsModule(ports), ...productsModule(), ...payments]
  }
  const on = await moduleApp(modules, undefined, undefined, (app, { db, clock }) => {
    const pages = payPages({ desk: deskIn(db), secret, clock, testProvider: true })
    app.register(pages({ count: () => ({ allowed: true, retryAfterSeconds: 0 }) }))
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
  const close = async () => {
    await outbound.close()
    await on.close()
  }
  return Object.assign(
    { ...on, call, close },
    { notices, told, contactId, desk: deskIn(on.db), secret, post, get, price, order, contact },
  )
}
