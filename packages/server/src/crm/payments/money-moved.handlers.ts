import { badRequest, found } from '@groundlevel/contract-kit'
import { payments as contract } from '@groundlevel/contracts'
import { type Context, implement } from '../../http/implement.js'
import { dayRange } from '../money/index.js'
import { usualLimit } from './orders.handlers.js'
import type { PaymentPorts } from './ports.js'
import { callsTo } from './provider-calls.js'
import { chargersOf } from './providers.sql.js'
import { decideRefund, refundPayment } from './refunding.js'
import { refundsOf } from './refunds.sql.js'
import { type DueSubscription, subscriptionsOf } from './subscriptions.sql.js'
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

const canceledAlready = () => badRequest('The subscription is canceled already.')

type Stopping = Pick<Context, 'db' | 'locationId'> & { readonly line: Line }

/** Has the app stop billing. One that is not connected any more is asked nothing. @returns whether it was asked, and agreed */
const stopBilling = async ({ line, db, locationId }: Stopping, row: DueSubscription): Promise<boolean> => {
  const { _id: subscriptionId, contactId, providerId, liveMode } = row
  const charger = providerId ? await chargersOf(db, locationId).find(providerId, liveMode) : undefined
  if (!charger) return false
  const calls = callsTo({ ask: line.desk.ask, secret: line.secret }, locationId, charger)
  const { state, message } = await calls.cancelSubscription({ subscriptionId, contactId })
  if (state === 'succeeded') return true
  // Whoever cancelled it in this moment was heard first.
  if ((await subscriptionsOf(db, locationId).row(subscriptionId))?.status === 'canceled') throw canceledAlready()
  throw badRequest(
    state === 'pending'
      ? `${charger.name} did not say whether it stopped billing (${message ?? 'no answer'}): cancel once more.`
      : `${charger.name} goes on billing: ${message ?? 'it did not say why'}`,
  )
}

export const subscriptionHandlers = (line: Line) =>
  implement(
    contract.subscription,
    ({ db, locationId }) => ({ subscriptions: subscriptionsOf(db, locationId) }),
    {
      list: ({ query }, { subscriptions, principal: { onlyAssignedTo } }) => {
        const { startAt, endAt, limit, offset, getPaymentsCollectedCount = false } = query
        const range = dayRange(['startAt', startAt], ['endAt', endAt])
        return subscriptions.list({ ...query, ...range, onlyAssignedTo }, getPaymentsCollectedCount, limit || usualLimit, offset)
      },

      get: async ({ subscriptionId }, { subscriptions }) => found(await subscriptions.find(subscriptionId), 'Subscription'),

      // The app is a stranger's server: nothing is held while it thinks. It may even report the end before it answers.
      cancel: async ({ subscriptionId }, { subscriptions, db, locationId, userId, now }) => {
        const row = found(await subscriptions.row(subscriptionId), 'Subscription')
        if (row.status === 'canceled') throw canceledAlready()
        const agreed = await stopBilling({ line, db, locationId }, row)
        const first = await subscriptions.cancel(subscriptionId, userId, now)
        if (!first && !agreed) throw canceledAlready()
        return { success: true }
      },
    },
    { ownTransaction: ['cancel'] },
  )
