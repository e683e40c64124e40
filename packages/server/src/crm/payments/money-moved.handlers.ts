import { badRequest, found } from '@groundlevel/contract-kit'
import { payments as contract } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { dayRange } from '../money/index.js'
import { usualLimit } from './orders.handlers.js'
import type { PaymentPorts } from './ports.js'
import { callsTo } from './provider-calls.js'
import { chargersOf } from './providers.sql.js'
import { decideRefund, refundPayment } from './refunding.js'
import { refundsOf } from './refunds.sql.js'
import { subscriptionsOf } from './subscriptions.sql.js'
import { transactionsOf } from './transactions.sql.js'

type Line = Pick<PaymentPorts, 'desk' | 'secret'>

export const transactionHandlers = (line: Line) =>
  implement(
    contract.transaction,
    ({ db, locationId }) => ({ transactions: transactionsOf(db, locationId) }),
    {
      list: ({ query }, { transactions, principal: { onlyAssignedTo } }) => {
        const range = dayRange(['startAt', query.startAt], ['endAt', query.endAt])
        return transactions.list({ ...query, ...range, onlyAssignedTo }, query.limit || usualLimit, query.offset)
      },

      get: async ({ transactionId }, { transactions }) => found(await transactions.find(transactionId), 'Transaction'),

      refund: async (
        { transactionId, body: { amount } },
        { transactions, db, locationId, userId, traceId, now, afterCommit },
      ) => {
        afterCommit(line.desk.wake)
        const refundId = await refundPayment(line, { locationId, now, traceId, userId }, transactionId, amount)
        const refund = found(await refundsOf(db, locationId).find(refundId), 'Refund').value
        return { ...found(await transactions.find(transactionId), 'Transaction').value, refund }
      },
    },
    { ownTransaction: ['refund'] },
  )

export const refundHandlers = (line: Line) =>
  implement(
    contract.refund,
    ({ db, locationId }) => ({ refunds: refundsOf(db, locationId) }),
    {
      list: async ({ transactionId }, { refunds, db, locationId }) => {
        found(await transactionsOf(db, locationId).orderOf(transactionId), 'Transaction')
        return { refunds: await refunds.list(transactionId) }
      },

      settle: async ({ transactionId, refundId, body: { outcome } }, { refunds, locationId, traceId, now, afterCommit }) => {
        afterCommit(line.desk.wake)
        await decideRefund(line, { locationId, now, traceId }, { refundId, transactionId }, outcome)
        return found(await refunds.find(refundId), 'Refund')
      },
    },
    { ownTransaction: ['settle'] },
  )

export const subscriptionHandlers = ({ desk, secret }: Line) =>
  implement(contract.subscription, ({ db, locationId }) => ({ subscriptions: subscriptionsOf(db, locationId) }), {
    list: ({ query }, { subscriptions, principal: { onlyAssignedTo } }) => {
      const { startAt, endAt, limit, offset, getPaymentsCollectedCount = false } = query
      const range = dayRange(['startAt', startAt], ['endAt', endAt])
      return subscriptions.list({ ...query, ...range, onlyAssignedTo }, getPaymentsCollectedCount, limit || usualLimit, offset)
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
        if (state === 'pending')
          throw badRequest(
            `${charger.name} did not say whether it stopped billing (${message ?? 'no answer'}): cancel once more.`,
          )
        if (state === 'failed') throw badRequest(`${charger.name} goes on billing: ${message ?? 'it did not say why'}`)
      }
      const end = { status: 'canceled', nextAt: null, canceledAt: now, canceledBy: userId, updatedAt: now }
      await subscriptions.change(subscriptionId, end)
      return { success: true }
    },
  })
