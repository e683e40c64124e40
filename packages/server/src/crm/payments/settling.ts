import type { Db } from '../../database/wire.js'
import { newHexId } from '../../ids.js'
import { ordersOf } from './orders.sql.js'
import { countPayment, dueOf, keep, renewedBy } from './paying.js'
import type { Till } from './ports.js'
import type { Outcome } from './provider-replies.rules.js'
import type { Charger } from './providers.sql.js'
import { subscriptionsOf } from './subscriptions.sql.js'
import { transactionsOf } from './transactions.sql.js'

/** A payment that an app is about to take. */
export interface Begun {
  readonly transactionId: string
  readonly amountMinor: number
  /** Where something recurs: of the subscription that begins with it. */
  readonly subscriptionId: string | undefined
}

type Order = Parameters<typeof keep>[1]

/** How the wire calls an app that takes money. */
export const customProvider = 'custom-provider'

const firstSubscription = async (till: Till, order: Order) =>
  order.recurringProducts > 0 && !(await renewedBy(till, order)) ? newHexId() : undefined

/**
 * Writes down that a buyer is about to pay what is due, in a transaction that holds the order's row. One that looks at the page
 * again goes on where they were.
 */
export const beginPayment = async (
  till: Till,
  order: Order,
  { _id: providerId }: Pick<Charger, '_id'>,
  mode: 'checkout' | 'saved',
): Promise<Begun> => {
  const amountMinor = dueOf(order)
  const transactions = transactionsOf(till.db, till.locationId)
  const before = mode === 'checkout' ? await transactions.begun(order._id, providerId, amountMinor) : undefined
  if (before) return { transactionId: before._id, amountMinor, subscriptionId: before.subscriptionId ?? undefined }
  const subscriptionId = (await renewedBy(till, order)) ?? (await firstSubscription(till, order))
  const payment = { provider: customProvider, providerId, mode, subscriptionId }
  return { transactionId: await keep(till, order, amountMinor, payment), amountMinor, subscriptionId }
}

/** Whether the outcome of a payment is still open. A provider may change its mind from no to yes, never from yes to no. */
const isOpen = (status: string, { state }: Outcome) => status === 'pending' || (status === 'failed' && state === 'succeeded')

/**
 * Settles a payment that has begun, in the caller's transaction: of any number who try, one does.
 *
 * @returns what has become of it; undefined where there is none, or its charge pays for another one already
 */
export const settlePayment = async (till: Till, transactionId: string, outcome: Outcome): Promise<string | undefined> => {
  const { db, locationId, now } = till
  const transactions = transactionsOf(db, locationId)
  const orderId = await transactions.orderOf(transactionId)
  // The order first: the order in which everybody locks the two.
  const order = orderId ? await ordersOf(db, locationId).lock(orderId) : undefined
  const before = await transactions.lock(transactionId)
  if (!before?.providerId) return undefined
  if (outcome.state === 'pending' || !isOpen(before.status, outcome)) return before.status
  const chargeId = outcome.chargeId ?? before.chargeId
  if (chargeId && (await paysAnother(db, locationId, before.providerId, chargeId, transactionId))) return undefined
  await transactions.change(transactionId, {
    status: outcome.state,
    chargeId,
    ...(outcome.chargeSnapshot ? { chargeSnapshot: JSON.stringify(outcome.chargeSnapshot) } : {}),
    ...(outcome.state === 'succeeded' ? { receiptId: newHexId(), fulfilledAt: now } : {}),
    updatedAt: now,
  })
  if (order && outcome.state === 'succeeded') await countPayment(till, order, before.amountMinor, { ...before, transactionId })
  if (outcome.subscriptionSnapshot && before.subscriptionId)
    await subscriptionsOf(db, locationId).change(before.subscriptionId, {
      providerSnapshot: JSON.stringify(outcome.subscriptionSnapshot),
    })
  return outcome.state
}

const paysAnother = async (db: Db, locationId: string, providerId: string, chargeId: string, transactionId: string) => {
  const transactions = transactionsOf(db, locationId)
  await transactions.holdCharge(providerId, chargeId)
  const known = await transactions.ofCharge(providerId, chargeId)
  return known !== undefined && known._id !== transactionId
}
