import { WireError } from '@groundlevel/contract-kit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { newHexId } from '../../ids.js'
import type { Clock } from '../../lab/clock.js'
import { storableText } from '../../storable-text.js'
import { toMajor } from '../money/index.js'
import { isRecordId, limited, messagePage, newNonce, type PageLimits, type PagePolicy, sendPage } from '../public-pages/index.js'
import { cardPage, framePage, type PayPage, testPage } from './checkout-page.rules.js'
import { customersOf } from './customers.sql.js'
import { type OrderStored, ordersOf } from './orders.sql.js'
import { type CardSetup, isCardKey, isPayKey } from './pay-key.js'
import { askedAmount, dueOf, pay } from './paying.js'
import type { PaymentPorts } from './ports.js'
import { callsTo } from './provider-calls.js'
import type { Outcome } from './provider-replies.rules.js'
import { type Charger, chargersOf } from './providers.sql.js'
import { beginPayment, settlePayment } from './settling.js'
import { openTill } from './till.js'
import { transactionsOf } from './transactions.sql.js'

interface PayParts extends Pick<PaymentPorts, 'desk' | 'secret' | 'testProvider'> {
  readonly clock: Clock
}

interface Opened {
  readonly locationId: string
  readonly order: OrderStored
  readonly path: string
  readonly query: string
}

const textIn = (values: unknown, name: string, most = 400): string => {
  const value = (values as Record<string, unknown> | undefined)?.[name]
  return typeof value === 'string' ? storableText(value, most) : ''
}

const open = async ({ desk, secret }: PayParts, { params, query }: FastifyRequest): Promise<Opened | undefined> => {
  const [locationId, orderId, key] = [textIn(params, 'locationId'), textIn(params, 'orderId'), textIn(query, 'key')]
  if (!isRecordId(locationId) || !/^[0-9a-f]{24}$/.test(orderId) || !isPayKey(secret, locationId, orderId, key)) return undefined
  const order = await ordersOf(desk.db, locationId).stored(orderId)
  return order && { locationId, order, path: `/_ground/pay/${locationId}/${orderId}`, query: `?key=${key}` }
}

const say = (reply: FastifyReply, status: number, title: string, text: string) => {
  const nonce = newNonce()
  return sendPage(reply, status, messagePage(title, text, nonce), { nonce, isAlone: true })
}

const shownAmount = (minor: number, { currency, digits }: Pick<OrderStored, 'currency' | 'digits'>) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).format(toMajor(minor, digits))

type Item = { readonly name: string; readonly qty: number; readonly price: { readonly amount?: number } }

const sumsOf = (order: OrderStored): PayPage['sums'] =>
  [
    { name: 'Discount', minor: -order.discountMinor },
    { name: 'Tax', minor: order.taxMinor },
    { name: 'Shipping', minor: order.shippingMinor },
    { name: 'Paid already', minor: -order.paidMinor },
  ]
    .filter(({ minor }) => minor !== 0)
    .map(({ name, minor }) => ({ name, together: shownAmount(minor, order) }))

const pageOf = async ({ desk }: PayParts, { locationId, order, path, query }: Opened, problem: string): Promise<PayPage> => {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: order.currency })
  return {
    seller: (await desk.location(locationId))?.name ?? 'Your order',
    ...{ path, query },
    lines: (order.items as Item[]).map(({ name, qty, price }) => ({
      name,
      qty,
      together: format.format((price.amount ?? 0) * qty),
    })),
    sums: sumsOf(order),
    due: shownAmount(dueOf(order), order),
    nonce: newNonce(),
    problem: problem || undefined,
  }
}

const settledText = ({ status, paymentStatus }: OrderStored) => {
  if (status === 'cancelled') return 'This order is cancelled: there is nothing to pay.'
  return paymentStatus === 'refunded' ? 'This payment was given back.' : 'This order is paid. Thank you.'
}

/** Its origin stands in a policy, which a host with `;` would break up. */
const isShowable = ({ paymentsUrl }: Charger) =>
  URL.canParse(paymentsUrl) && /^https?:\/\/[\w.:[\]-]+$/.test(new URL(paymentsUrl).origin)

const gone = (reply: FastifyReply) => say(reply, 404, 'No such order', 'There is nothing to pay here.')

const show = async (parts: PayParts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await open(parts, request)
  if (!opened) return gone(reply)
  const { order, locationId } = opened
  if (dueOf(order) === 0 || order.status === 'cancelled')
    return say(reply, 200, shownAmount(order.amountMinor, order), settledText(order))
  const charger = await chargersOf(parts.desk.db, locationId).usual(order.liveMode)
  const declined = textIn(request.query, 'declined') ? 'The test provider declined the payment.' : ''
  const page = await pageOf(parts, opened, declined)
  const policy: PagePolicy = { nonce: page.nonce, isAlone: true }
  if (charger && isShowable(charger)) {
    const frames = new URL(charger.paymentsUrl).origin
    return sendPage(reply, 200, framePage(page, charger), { ...policy, hasScript: true, frames })
  }
  if (parts.testProvider) return sendPage(reply, 200, testPage(page), policy)
  return say(reply, 200, page.due, 'This order cannot be paid online yet. Please ask the seller.')
}

/** Runs `act` in a transaction that holds the order. */
const holding = <T>(
  { desk, clock }: PayParts,
  { locationId, order: { _id } }: Opened,
  act: (till: Awaited<ReturnType<typeof openTill>>, order: OrderStored) => Promise<T>,
): Promise<T | undefined> => {
  const now = clock.now()
  return desk.db.transaction().execute(async (db) => {
    const order = await ordersOf(db, locationId).lock(_id)
    return order && act(await openTill(desk, db, locationId, now), order)
  })
}

/** What the provider's page is told of the payment (`payment_initiate_props`). */
const propsOf = (order: OrderStored, charger: Charger, begun: Awaited<ReturnType<typeof beginPayment>>, locationId: string) => {
  const contact = order.contactSnapshot as Record<string, unknown>
  const recurs = (order.items as { product?: { _id?: string }; price: { _id?: string; type?: string } }[]).find(
    ({ price }) => price.type === 'recurring',
  )
  return {
    type: 'payment_initiate_props',
    publishableKey: charger.publishableKey,
    amount: toMajor(begun.amountMinor, order.digits),
    currency: order.currency,
    mode: begun.subscriptionId ? 'subscription' : 'payment',
    ...(recurs ? { productDetails: { productId: recurs.product?._id, priceId: recurs.price._id } } : {}),
    contact: {
      id: order.contactId,
      name: order.contactName ?? '',
      email: order.contactEmail ?? '',
      contact: contact.phone ?? '',
    },
    description: `Order ${order._id}`,
    orderId: order._id,
    transactionId: begun.transactionId,
    ...(begun.subscriptionId ? { subscriptionId: begun.subscriptionId } : {}),
    locationId,
  }
}

const refused = (reply: FastifyReply, status: number, message: string) => reply.code(status).send({ message })

const start = async (parts: PayParts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await open(parts, request)
  const charger = opened && (await chargersOf(parts.desk.db, opened.locationId).usual(opened.order.liveMode))
  if (!opened || !charger) return refused(reply, 404, 'There is nothing to pay here.')
  try {
    const props = await holding(parts, opened, async (till, order) => {
      askedAmount(order, undefined, false)
      return propsOf(order, charger, await beginPayment(till, order, charger, 'checkout'), opened.locationId)
    })
    return reply.header('cache-control', 'no-store').send(props ?? {})
  } catch (thrown) {
    if (!(thrown instanceof WireError) || thrown.status >= 500) throw thrown
    return refused(reply, 409, thrown.message)
  }
}

const verify = async (parts: PayParts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await open(parts, request)
  if (!opened) return refused(reply, 404, 'There is nothing to pay here.')
  const { desk, secret } = parts
  const { locationId, order } = opened
  const transactionId = textIn(request.body, 'transactionId', 100)
  const chargeId = textIn(request.body, 'chargeId')
  const begun = await transactionsOf(desk.db, locationId).ofOrder(transactionId, order._id)
  const charger = begun?.providerId ? await chargersOf(desk.db, locationId).find(begun.providerId, order.liveMode) : undefined
  if (!begun || !charger) return refused(reply, 404, 'There is no such payment.')
  const fields = { transactionId, chargeId, ...(begun.subscriptionId ? { subscriptionId: begun.subscriptionId } : {}) }
  const calls = callsTo({ ask: desk.ask, secret }, locationId, charger)
  const isOpen = begun.status === 'pending' || begun.status === 'failed'
  const outcome: Outcome = isOpen ? await calls.verify(fields) : { state: 'pending' }
  const status = await holding(parts, opened, (till) =>
    settlePayment(till, transactionId, { ...outcome, chargeId: outcome.chargeId ?? (chargeId || undefined) }),
  )
  desk.wake()
  // Why an app could not be asked is no business of whoever has the link.
  const message = outcome.state === 'pending' ? undefined : outcome.message
  return reply.header('cache-control', 'no-store').send({ status: status ?? 'failed', message })
}

const payTest = async (parts: PayParts, request: FastifyRequest, reply: FastifyReply) => {
  const opened = await open(parts, request)
  if (!opened || !parts.testProvider) return gone(reply)
  const succeeded = textIn(request.body, 'outcome') !== 'is_declined'
  await holding(parts, opened, async (till, order) => {
    if (dueOf(order) === 0 || order.status === 'cancelled') return
    const details = { card: { brand: 'visa', last4: succeeded ? '4242' : '0002' } }
    await pay(till, order, dueOf(order), { provider: 'test', mode: 'card', details, chargeId: `test_${newHexId()}`, succeeded })
  })
  parts.desk.wake()
  return reply.redirect(`${opened.path}${opened.query}${succeeded ? '' : '&declined=1'}`, 303)
}

const setupIn = ({ params }: FastifyRequest): CardSetup => ({
  locationId: textIn(params, 'locationId'),
  contactId: textIn(params, 'contactId'),
  mode: textIn(params, 'mode') === 'live' ? 'live' : 'test',
  currency: textIn(params, 'currency', 3),
})

const noCard = (reply: FastifyReply) => say(reply, 404, 'No card can be saved', 'There is nowhere to leave a card.')

const showCard = async ({ desk, secret }: PayParts, request: FastifyRequest, reply: FastifyReply) => {
  const setup = setupIn(request)
  const { locationId, contactId, mode, currency } = setup
  if (!isRecordId(locationId) || !isCardKey(secret, setup, textIn(request.query, 'key'))) return noCard(reply)
  const charger = await chargersOf(desk.db, locationId).usual(mode === 'live')
  if (!charger || !isShowable(charger) || !(await customersOf(desk.db, locationId).exists(contactId))) return noCard(reply)
  const nonce = newNonce()
  const { publishableKey, paymentsUrl } = charger
  const about = { publishableKey, currency, mode: 'setup', contact: { id: contactId }, locationId }
  const seller = (await desk.location(locationId))?.name ?? 'Save a card'
  const page = cardPage({ seller, nonce, props: { type: 'setup_initiate_props', ...about } }, charger)
  return sendPage(reply, 200, page, { nonce, isAlone: true, hasScript: true, frames: new URL(paymentsUrl).origin })
}

/**
 * `/_ground/pay/{locationId}/{orderId}?key=…`: the public page on which an order is paid, by the app that takes payments, or by
 * the test provider of a local start; `/_ground/cards/…` the one on which a customer leaves a card with the app. No contract
 * operations: they answer a browser.
 */
export const payPages =
  (parts: PayParts) =>
  (limits: PageLimits) =>
  async (app: FastifyInstance): Promise<void> => {
    const tooMany = (_request: FastifyRequest, reply: FastifyReply) =>
      say(reply, 429, 'Too many at once', 'Try again in a moment.')
    const guarded = (act: typeof show, kind: string) =>
      limited(limits, `pay ${kind}`, (request, reply) => act(parts, request, reply), tooMany)
    const own = '/_ground/pay/:locationId/:orderId'
    const small = { bodyLimit: 16_384 }
    app.get(own, guarded(show, 'page'))
    app.post(`${own}/start`, small, guarded(start, 'start'))
    app.post(`${own}/verify`, small, guarded(verify, 'verify'))
    app.post(`${own}/test`, small, guarded(payTest, 'test'))
    app.get('/_ground/cards/:locationId/:contactId/:mode/:currency', guarded(showCard, 'card'))
  }
