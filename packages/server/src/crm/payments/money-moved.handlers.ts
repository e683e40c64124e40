import { badRequest, found } from '@groundlevel/contract-kit'
import { payments as contract } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { implement } from '../../http/implement.js'
import { dayRange, toMajor, toMinor } from '../money/index.js'
import { usualLimit } from './orders.handlers.js'
import { paymentStatusOf, statusAfterMoney } from './orders.rules.js'
import { ordersOf } from './orders.sql.js'
import type { PaymentPorts } from './ports.js'
import { callsTo } from './provider-calls.js'
import { chargersOf } from './providers.sql.js'
import { subscriptionsOf } from './subscriptions.sql.js'
import { transactionsOf } from './transactions.sql.js'

type Line = Pick<PaymentPorts, 'desk' | 'secret'>
type Paid = NonNullable<Awaited<ReturnType<ReturnType<typeof transactionsOf>['lock']>>>

/** The app that took a payment. @throws WireError 400 where it is not connected any more */
const chargerOf = async (db: Db, locationId: string, providerId: string, liveMode: boolean) => {
  const charger = await chargersOf(db, locationId).find(providerId, liveMode)
  if (!charger) throw badRequest('The payment provider is not connected any more: connect it again, or act at the provider.')
  return charger
}

/** Lets the app that took the money give it back. The rows are held meanwhile: nothing is given back twice. */
const giveBackBy = async ({ desk, secret }: Line, db: Db, locationId: string, paid: Paid, minor: number): Promise<void> => {
  if (!paid.providerId) return
  const charger = await chargerOf(db, locationId, paid.providerId, paid.liveMode)
  const { _id: transactionId, chargeId, currency, digits } = paid
  const fields = { transactionId, chargeId, amount: toMajor(minor, digits), currency }
  const { state, message } = await callsTo({ ask: desk.ask, secret }, locationId, charger).refund(fields)
  if (state !== 'succeeded') throw badRequest(`${charger.name} gave nothing back: ${message ?? 'it did not say why'}`)
}

export const transactionHandlers = (line: Line) =>
  implement(contract.transaction, ({ db, locationId }) => ({ transactions: transactionsOf(db, locationId) }), {
    list: ({ query }, { transactions }) => {
      const range = dayRange(['startAt', query.startAt], ['endAt', query.endAt])
      return transactions.list({ ...query, ...range }, query.limit || usualLimit, query.offset)
    },

    get: async ({ transactionId }, { transactions }) => found(await transactions.find(transactionId), 'Transaction'),

    refund: async ({ transactionId, body: { amount } }, { transactions, db, locationId, now, emit }) => {
      const orders = ordersOf(db, locationId)
      const orderId = found(await transactions.orderOf(transactionId), 'Transaction')
      // Who pays locks the order first, and so does who gives back.
      const order = await orders.lock(orderId)
      const before = found(await transactions.lock(transactionId), 'Transaction')
      if (before.status !== 'succeeded' && before.status !== 'partially_refunded')
        throw badRequest(`A transaction that is ${before.status} cannot be refunded.`)
      const left = before.amountMinor - before.refundedMinor
      const minor = amount === undefined ? left : toMinor(amount, before.digits)
      if (minor === 0 || minor > left)
        throw badRequest(`Between nothing and ${toMajor(left, before.digits)} ${before.currency} can be refunded.`)
      await giveBackBy(line, db, locationId, before, minor)
      const refundedMinor = before.refundedMinor + minor
      const status = refundedMinor === before.amountMinor ? 'refunded' : 'partially_refunded'
      const changed = found(await transactions.change(transactionId, { refundedMinor, status, updatedAt: now }), 'Transaction')
      if (order) {
        // What came in beyond what was due goes back first, and is none of the order's.
        const surplus = Math.max(0, (await transactions.keptOf(orderId)) + minor - (order.paidMinor - order.refundedMinor))
        const money = { ...order, refundedMinor: order.refundedMinor + Math.max(0, minor - surplus) }
        const paymentStatus = paymentStatusOf(money)
        const orderStatus = statusAfterMoney(order.status, paymentStatus)
        const change = { refundedMinor: money.refundedMinor, paymentStatus, status: orderStatus, updatedAt: now }
        const after = await orders.change(orderId, change)
        if (after && orderStatus !== order.status) await emit('OrderStatusUpdate', after)
      }
      return changed
    },
  })

export const subscriptionHandlers = ({ desk, secret }: Line) =>
  implement(contract.subscription, ({ db, locationId }) => ({ subscriptions: subscriptionsOf(db, locationId) }), {
    list: ({ query }, { subscriptions }) => {
      const { startAt, endAt, limit, offset, getPaymentsCollectedCount = false } = query
      const range = dayRange(['startAt', startAt], ['endAt', endAt])
      return subscriptions.list({ ...query, ...range }, getPaymentsCollectedCount, limit || usualLimit, offset)
    },

    get: async ({ subscriptionId }, { subscriptions }) => found(await subscriptions.find(subscriptionId), 'Subscription'),

    cancel: async ({ subscriptionId }, { subscriptions, db, locationId, userId, now }) => {
      const before = found(await subscriptions.lock(subscriptionId), 'Subscription')
      if (before.status === 'canceled') throw badRequest('The subscription is canceled already.')
      const { providerId, liveMode } = before
      const charger = providerId ? await chargersOf(db, locationId).find(providerId, liveMode) : undefined
      // An app that is not connected any more is asked nothing, and its subscription ends here all the same.
      if (charger) {
        const fields = { subscriptionId, contactId: before.contactId }
        const { state, message } = await callsTo({ ask: desk.ask, secret }, locationId, charger).cancelSubscription(fields)
        if (state !== 'succeeded') throw badRequest(`${charger.name} goes on billing: ${message ?? 'it did not say why'}`)
      }
      const end = { status: 'canceled', nextAt: null, canceledAt: now, canceledBy: userId, updatedAt: now }
      await subscriptions.change(subscriptionId, end)
      return { success: true }
    },
  })
