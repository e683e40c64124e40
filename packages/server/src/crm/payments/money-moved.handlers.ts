import { badRequest, found } from '@groundlevel/contract-kit'
import { payments as contract } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { dayRange, toMajor, toMinor } from '../money/index.js'
import { usualLimit } from './orders.handlers.js'
import { paymentStatusOf, statusAfterMoney } from './orders.rules.js'
import { ordersOf } from './orders.sql.js'
import { subscriptionsOf } from './subscriptions.sql.js'
import { transactionsOf } from './transactions.sql.js'

export const transactionHandlers = () =>
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
      const refundedMinor = before.refundedMinor + minor
      const status = refundedMinor === before.amountMinor ? 'refunded' : 'partially_refunded'
      const changed = found(await transactions.change(transactionId, { refundedMinor, status, updatedAt: now }), 'Transaction')
      if (order) {
        const money = { ...order, refundedMinor: order.refundedMinor + minor }
        const paymentStatus = paymentStatusOf(money)
        const orderStatus = statusAfterMoney(order.status, paymentStatus)
        const change = { refundedMinor: money.refundedMinor, paymentStatus, status: orderStatus, updatedAt: now }
        const after = await orders.change(orderId, change)
        if (after && orderStatus !== order.status) await emit('OrderStatusUpdate', after)
      }
      return changed
    },
  })

export const subscriptionHandlers = () =>
  implement(contract.subscription, ({ db, locationId }) => ({ subscriptions: subscriptionsOf(db, locationId) }), {
    list: ({ query }, { subscriptions }) => {
      const { startAt, endAt, limit, offset, getPaymentsCollectedCount = false } = query
      const range = dayRange(['startAt', startAt], ['endAt', endAt])
      return subscriptions.list({ ...query, ...range }, getPaymentsCollectedCount, limit || usualLimit, offset)
    },

    get: async ({ subscriptionId }, { subscriptions }) => found(await subscriptions.find(subscriptionId), 'Subscription'),

    cancel: async ({ subscriptionId }, { subscriptions, userId, now }) => {
      const before = found(await subscriptions.lock(subscriptionId), 'Subscription')
      if (before.status === 'canceled') throw badRequest('The subscription is canceled already.')
      const end = { status: 'canceled', nextAt: null, canceledAt: now, canceledBy: userId, updatedAt: now }
      await subscriptions.change(subscriptionId, end)
      return { success: true }
    },
  })
