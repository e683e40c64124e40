import { badRequest, found, missing } from '@groundlevel/contract-kit'
import { newHexId } from '../../ids.js'
import { toMajor, toMinor } from '../money/index.js'
import { paymentStatusOf, statusAfterMoney } from './orders.rules.js'
import { ordersOf } from './orders.sql.js'
import type { PaymentPorts, Till } from './ports.js'
import { callsTo } from './provider-calls.js'
import type { Outcome } from './provider-replies.rules.js'
import { type Charger, chargersOf } from './providers.sql.js'
import { type RefundStored, refundsOf } from './refunds.sql.js'
import { openTill } from './till.js'
import { transactionsOf } from './transactions.sql.js'

type Line = Pick<PaymentPorts, 'desk' | 'secret'>
type Paid = NonNullable<Awaited<ReturnType<ReturnType<typeof transactionsOf>['lock']>>>

/** Long enough for the provider's own answer: nobody asks about a refund that is just being asked for. */
const answerTimeMs = 60_000
const minuteMs = 60_000
/** How long after each try the provider is asked again; then people have to find out. */
const pausesMs = [1, 5, 30, 120, 720, 1440, 1440, 1440].map((minutes) => minutes * minuteMs)

/** The order first, then what paid it: the order in which everybody locks the two. */
const lockPaid = async ({ db, locationId }: Till, transactionId: string) => {
  const transactions = transactionsOf(db, locationId)
  const orderId = found(await transactions.orderOf(transactionId), 'Transaction')
  const order = await ordersOf(db, locationId).lock(orderId)
  return { order, paid: found(await transactions.lock(transactionId), 'Transaction') }
}

const chargerOf = async ({ db, locationId }: Pick<Till, 'db' | 'locationId'>, paid: Pick<Paid, 'providerId' | 'liveMode'>) =>
  paid.providerId ? await chargersOf(db, locationId).find(paid.providerId, paid.liveMode) : undefined

const notConnected = () => badRequest('The payment provider is not connected any more: connect it again, or act at the provider.')

/** Whole minor units that are to go back. @throws WireError 400 where there is not so much left */
const askedBack = (paid: Paid, pendingMinor: number, amount: number | undefined): number => {
  if (paid.status !== 'succeeded' && paid.status !== 'partially_refunded')
    throw badRequest(`A transaction that is ${paid.status} cannot be refunded.`)
  const left = paid.amountMinor - paid.refundedMinor - pendingMinor
  const minor = amount === undefined ? left : toMinor(amount, paid.digits)
  if (minor > 0 && minor <= left) return minor
  const open = pendingMinor > 0 ? `; the provider has not answered for ${toMajor(pendingMinor, paid.digits)} yet` : ''
  throw badRequest(`Between nothing and ${toMajor(left, paid.digits)} ${paid.currency} can be refunded${open}.`)
}

/** Writes down what is asked back before anybody is asked for it, so that no answer that gets lost is a refund that never was. */
const beginRefund = async (till: Till, transactionId: string, amount: number | undefined, createdBy: string | null) => {
  const { db, locationId, now } = till
  const refunds = refundsOf(db, locationId)
  const { paid } = await lockPaid(till, transactionId)
  const amountMinor = askedBack(paid, await refunds.pendingOf(transactionId), amount)
  const charger = await chargerOf(till, paid)
  if (paid.providerId && !charger) throw notConnected()
  const { currency, digits } = paid
  const refund = { _id: newHexId(), transactionId, currency, digits, amountMinor, createdBy }
  const askAt = charger ? new Date(now.getTime() + answerTimeMs) : null
  await refunds.add({ ...refund, status: 'pending', message: null, askAt, tries: 0, createdAt: now, updatedAt: now })
  return { refundId: refund._id, charger }
}

/** The money of a refund, which the caller's transaction holds, is back. */
const countRefund = async (till: Till, { transactionId, amountMinor }: RefundStored): Promise<void> => {
  const { db, locationId, now } = till
  const { order, paid } = await lockPaid(till, transactionId)
  const transactions = transactionsOf(db, locationId)
  // No more than was paid, even where a second was begun while this one was given up for failed.
  const refundedMinor = Math.min(paid.amountMinor, paid.refundedMinor + amountMinor)
  const status = refundedMinor === paid.amountMinor ? 'refunded' : 'partially_refunded'
  await transactions.change(transactionId, { refundedMinor, status, updatedAt: now })
  if (!order) return
  // What came in beyond what was due goes back first, and is none of the order's.
  const surplus = Math.max(0, (await transactions.keptOf(order._id)) + amountMinor - (order.paidMinor - order.refundedMinor))
  const money = { ...order, refundedMinor: order.refundedMinor + Math.max(0, amountMinor - surplus) }
  const paymentStatus = paymentStatusOf(money)
  const orderStatus = statusAfterMoney(order.status, paymentStatus)
  const change = { refundedMinor: money.refundedMinor, paymentStatus, status: orderStatus, updatedAt: now }
  const after = await ordersOf(db, locationId).change(order._id, change)
  if (after && orderStatus !== order.status) await till.emit('OrderStatusUpdate', after)
}

/**
 * Settles a refund that is pending, in the caller's transaction: of any number who try, one does. Where a person gave it up while the
 * provider was still being asked, and the provider says that it gave the money back, the provider is believed.
 */
const settleRefund = async (till: Till, refundId: string, { state, ...said }: Outcome, by: 'provider' | 'us'): Promise<void> => {
  const { db, locationId, now } = till
  const refunds = refundsOf(db, locationId)
  const asked = await refunds.stored(refundId)
  if (asked) await lockPaid(till, asked.transactionId)
  const message = said.message ?? null
  const refund = await refunds.lock(refundId)
  const isOverruled = by === 'provider' && refund?.status === 'failed' && state === 'succeeded'
  if (!refund || (refund.status !== 'pending' && !isOverruled)) return
  if (state === 'pending') {
    const pauseMs = pausesMs[refund.tries]
    const askAt = pauseMs === undefined ? null : new Date(now.getTime() + pauseMs)
    return refunds.change(refundId, { message, askAt, updatedAt: now })
  }
  if (state === 'succeeded') await countRefund(till, refund)
  await refunds.change(refundId, { status: state, message, askAt: null, updatedAt: now })
}

const settleAlone = (
  { desk }: Line,
  { locationId, now, traceId }: Asking,
  refundId: string,
  outcome: Outcome,
  by: 'provider' | 'us' = 'provider',
) =>
  desk.db
    .transaction()
    .execute(async (on) => settleRefund(await openTill(desk, on, locationId, now, traceId), refundId, outcome, by))

/** Who asks, and when. */
interface Asking {
  readonly locationId: string
  readonly now: Date
  readonly traceId: string | null
}

const fieldsOf = ({ _id, amountMinor, digits, currency, transactionId }: RefundStored, { chargeId }: Pick<Paid, 'chargeId'>) => ({
  transactionId,
  chargeId,
  amount: toMajor(amountMinor, digits),
  currency,
  // Ours: the same however often it is asked for, so that an app gives back once.
  refundId: _id,
})

/** A refund, what it is of, and the app that took that, as long as it is connected. */
const openRefund = async ({ desk: { db } }: Line, locationId: string, refundId: string) => {
  const refund = found(await refundsOf(db, locationId).stored(refundId), 'Refund')
  const paid = found(await transactionsOf(db, locationId).stored(refund.transactionId), 'Transaction')
  return { refund, paid, charger: await chargerOf({ db, locationId }, paid) }
}

const callsOf = ({ desk, secret }: Line, locationId: string, charger: Charger) =>
  callsTo({ ask: desk.ask, secret }, locationId, charger)

/**
 * Asks the app to give it back, with no row held meanwhile. A no to the first request means that nothing went back; to a later one
 * it may mean that it went back before.
 *
 * @throws WireError 400 where it refuses the first
 */
const giveBackBy = async (line: Line, asking: Asking, refundId: string, isFirst: boolean): Promise<void> => {
  const { refund, paid, charger } = await openRefund(line, asking.locationId, refundId)
  if (!charger) throw notConnected()
  const answer = await callsOf(line, asking.locationId, charger).refund(fieldsOf(refund, paid))
  const outcome: Outcome = answer.state === 'failed' && !isFirst ? { ...answer, state: 'pending' } : answer
  await settleAlone(line, asking, refundId, outcome)
  if (outcome.state === 'failed')
    throw badRequest(`${charger.name} gave nothing back: ${outcome.message ?? 'it did not say why'}`)
}

/** Gives all or a part of a payment back: by the app that took it, else it is recorded. @returns the refund's id */
export const refundPayment = async (
  line: Line,
  asking: Asking & { readonly userId: string | null },
  transactionId: string,
  amount: number | undefined,
): Promise<string> => {
  const { locationId, now, traceId, userId } = asking
  const { desk } = line
  const { refundId, charger } = await desk.db.transaction().execute(async (on) => {
    const till = await openTill(desk, on, locationId, now, traceId)
    const begun = await beginRefund(till, transactionId, amount, userId)
    if (!begun.charger) await settleRefund(till, begun.refundId, { state: 'succeeded' }, 'us')
    return begun
  })
  if (charger) await giveBackBy(line, asking, refundId, true)
  return refundId
}

/** What a person does about a refund that nobody answered for: asks the app once more, or says what they found out. */
export const decideRefund = async (
  line: Line,
  asking: Asking,
  { refundId, transactionId }: { readonly refundId: string; readonly transactionId: string },
  outcome: 'ask' | 'succeeded' | 'failed',
): Promise<void> => {
  const refund = await refundsOf(line.desk.db, asking.locationId).stored(refundId)
  if (refund?.transactionId !== transactionId) throw missing('Refund')
  if (refund.status !== 'pending') throw badRequest(`The refund has ${refund.status} already.`)
  if (outcome === 'ask') await giveBackBy(line, asking, refundId, false)
  else await settleAlone(line, asking, refundId, { state: outcome }, 'us')
}

/** Asks the app what has become of a refund; that moves no money, however often it is done. */
export const verifyRefund = async (line: Line, { locationId, _id }: RefundStored, now: Date): Promise<void> => {
  const asking = { locationId, now, traceId: null }
  const { refund, paid, charger } = await openRefund(line, locationId, _id)
  const outcome: Outcome = charger
    ? await callsOf(line, locationId, charger).verifyRefund(fieldsOf(refund, paid))
    : { state: 'pending' }
  await settleAlone(line, asking, _id, outcome)
}
