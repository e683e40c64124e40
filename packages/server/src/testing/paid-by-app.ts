import { type Receiver, startReceiver } from './receiver.js'
import { openShop, type Shop } from './shop.js'

/** What an app answers to each `type` of question. */
export type AppReplies = Record<string, unknown>

/** A shop, and the app that takes its payments: a server that answers as the test says. */
export interface PaidByApp {
  readonly on: Shop
  readonly app: Receiver
  /** Its usual way to answer, for tests that let it answer otherwise for a while. */
  readonly answerAsTold: Parameters<Receiver['answer']>[0]
  close(): Promise<void>
}

const connect = async (on: Shop, app: Receiver) => {
  const about = `?locationId=${on.locationId}`
  const body = {
    name: 'Paddle boats',
    description: 'Pays',
    paymentsUrl: 'https://pay.example/frame?x=1',
    queryUrl: app.url,
    imageUrl: 'https://pay.example/logo.png',
    supportsSubscriptionSchedule: true,
  }
  await on.call('POST', `/payments/custom-provider/provider${about}`, { token: on.token({ appId: 'app-1' }), body })
  const keys = {
    live: { apiKey: 'live-key', publishableKey: 'pk-live' },
    test: { apiKey: 'test-key', publishableKey: 'pk-test' },
  }
  await on.call('POST', `/payments/custom-provider/connect${about}`, { token: on.token({ appId: 'app-1' }), body: keys })
}

export const openPaidByApp = async (replies: () => AppReplies): Promise<PaidByApp> => {
  const on = await openShop()
  const app = await startReceiver()
  const answerAsTold: PaidByApp['answerAsTold'] = ({ body }, response) => {
    const reply = replies()[body.type] ?? {}
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply))
  }
  app.answer(answerAsTold)
  await connect(on, app)
  const close = async () => {
    await app.close()
    await on.close()
  }
  return { on, app, answerAsTold, close }
}

/** What buyers do, and what the app tells of them. */
export const buyingIn = (shop: () => Shop) => {
  const place = async (price: object = {}, fields: object = {}) => {
    const { priceId } = await shop().price(price)
    return (await shop().order([{ priceId, qty: 2 }], fields)).body
  }
  const linkOf = async (orderId: string): Promise<URL> =>
    new URL((await shop().get(`/payments/orders/${orderId}/payment-link`)).body.url)
  const page = async (orderId: string) =>
    shop().app.inject({ method: 'GET', url: ((link) => link.pathname + link.search)(await linkOf(orderId)) })
  const act = async (orderId: string, name: string, payload: object = {}) => {
    const { pathname, search } = await linkOf(orderId)
    const answer = await shop().app.inject({ method: 'POST', url: `${pathname}/${name}${search}`, payload })
    return { status: answer.statusCode, body: answer.json() }
  }
  const begin = async (order: { _id: string }) => (await act(order._id, 'start')).body
  const verify = (order: { _id: string }, transactionId: string, chargeId = `ch-${transactionId}`) =>
    act(order._id, 'verify', { transactionId, chargeId })
  const orderNow = async ({ _id }: { _id: string }) => (await shop().get(`/payments/orders/${_id}`)).body
  const transactionsOf = async ({ _id }: { _id: string }) =>
    (await shop().get(`/payments/transactions?entityId=${_id}`)).body.data
  const webhook = (fields: object) =>
    shop().app.inject({
      method: 'POST',
      url: '/payments/custom-provider/webhook',
      payload: { locationId: shop().locationId, apiKey: 'live-key', ...fields },
    })

  return { place, linkOf, page, act, begin, verify, orderNow, transactionsOf, webhook }
}
