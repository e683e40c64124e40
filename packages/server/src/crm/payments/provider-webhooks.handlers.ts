import { badRequest, missing, unauthorized } from '@groundlevel/contract-kit'
import { payments as contract } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import type { PaymentPorts, Till } from './ports.js'
import { chargerOfKey } from './provider-calls.js'
import { chargeIn, fieldsOf, keepable, type Outcome } from './provider-replies.rules.js'
import { comeRound } from './renewals.js'
import { customProvider, settlePayment } from './settling.js'
import { subscriptionsOf } from './subscriptions.sql.js'
import { openTill } from './till.js'
import { transactionsOf } from './transactions.sql.js'

interface Sent {
  readonly event: string
  readonly chargeId?: string
  readonly ghlTransactionId?: string
  readonly ghlSubscriptionId?: string
  readonly chargeSnapshot?: unknown
  readonly subscriptionSnapshot?: unknown
}

/** As of a charge: what came without a word of its state was captured. */
const outcomeIn = ({ chargeId, chargeSnapshot }: Sent): Outcome => {
  // Believed even where it is more than is kept: otherwise a charge that failed would be one without a word.
  const { status } = fieldsOf(chargeSnapshot)
  const state = status === 'failed' || status === 'pending' ? status : 'succeeded'
  return { state, chargeId, chargeSnapshot: keepable(chargeSnapshot) }
}

const capture = async (till: Till, providerId: string, sent: Sent): Promise<void> => {
  const { ghlTransactionId = '' } = sent
  const known = await transactionsOf(till.db, till.locationId).isOf(ghlTransactionId, providerId)
  const state = known ? await settlePayment(till, ghlTransactionId, outcomeIn(sent)) : undefined
  if (state === undefined) throw missing('Transaction')
}

const ended: ReadonlySet<unknown> = new Set(['canceled', 'expired'])
const states: ReadonlySet<unknown> = new Set([
  'trialing',
  'active',
  'expired',
  'canceled',
  'unpaid',
  'pending',
  'incomplete',
  'scheduled',
])

/** Apps write it either way; the wire has one l. */
const spelled = (status: unknown) => (status === 'cancelled' ? 'canceled' : status)

/**
 * What an app says of a subscription becomes its state, but for one that is canceled: a late word begins nothing anew. What it says
 * of itself is kept beside.
 */
const update = async (till: Till, providerId: string, sent: Sent, said?: string): Promise<void> => {
  const subscriptions = subscriptionsOf(till.db, till.locationId)
  const before = await subscriptions.lock(sent.ghlSubscriptionId ?? '')
  if (before?.providerId !== providerId) throw missing('Subscription')
  const snapshot = keepable(sent.subscriptionSnapshot)
  const status = said ?? spelled(fieldsOf(sent.subscriptionSnapshot).status)
  await subscriptions.change(before._id, {
    ...(states.has(status) && before.status !== 'canceled' ? { status: status as string } : {}),
    ...(ended.has(status) && !before.canceledAt ? { canceledAt: till.now } : {}),
    ...(snapshot ? { providerSnapshot: JSON.stringify(snapshot) } : {}),
    updatedAt: till.now,
  })
}

/** A subscription begins: with it, the payment that it began with has come in. */
const begin = async (till: Till, providerId: string, sent: Sent): Promise<void> => {
  if (sent.ghlTransactionId) await capture(till, providerId, sent)
  await update(till, providerId, sent, sent.event.split('.')[1])
}

/** Without the charge's own id a second turn looks like the first one told again, and one of the two would be believed wrongly. */
const unnamed = () =>
  badRequest('subscription.charged needs chargeId (or chargeSnapshot.chargeId): by it a charge that is told twice is known.')

/** One more turn was paid: an order of its own, once for each charge. */
const charged = async (till: Till, providerId: string, sent: Sent): Promise<void> => {
  const due = await subscriptionsOf(till.db, till.locationId).lock(sent.ghlSubscriptionId ?? '')
  if (due?.providerId !== providerId) throw missing('Subscription')
  const { state, chargeSnapshot } = outcomeIn(sent)
  const chargeId = sent.chargeId || chargeIn(sent.chargeSnapshot)
  const transactions = transactionsOf(till.db, till.locationId)
  if (chargeId) await transactions.holdCharge(providerId, chargeId)
  const known = chargeId && (await transactions.ofCharge(providerId, chargeId))
  if (known || state === 'pending') return
  if (state === 'failed') return update(till, providerId, sent, 'unpaid')
  if (!chargeId) throw unnamed()
  const charge = { provider: customProvider, providerId, mode: 'subscription', chargeId, chargeSnapshot }
  await comeRound(till, due, { ...charge, succeeded: true })
  await update(till, providerId, sent)
}

const acts: Readonly<Record<string, (till: Till, providerId: string, sent: Sent) => Promise<void>>> = {
  'payment.captured': capture,
  'subscription.charged': charged,
  'subscription.trialing': begin,
  'subscription.active': begin,
  'subscription.updated': update,
}

/** What custom providers tell of what happened at their side. */
export const providerWebhookHandlers = ({ desk, secret }: PaymentPorts) =>
  implement(contract.providerWebhook, () => ({}), {
    receive: async ({ body }, { db, now, afterCommit }) => {
      const { locationId, apiKey, marketplaceAppId, event } = body
      const charger = await chargerOfKey({ secret }, db, locationId, apiKey, marketplaceAppId)
      if (!charger) throw unauthorized('Invalid apiKey')
      await acts[event]?.(await openTill(desk, db, locationId, now), charger._id, body)
      afterCommit(desk.wake)
      return { success: true }
    },
  })
