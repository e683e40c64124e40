import type { AssignedRecords } from '../../assigned.js'
import { demandRow } from '../contacts/index.js'

/** What contacts bought and paid. */
export const paymentRecords: Pick<AssignedRecords, 'order' | 'transaction' | 'subscription'> = {
  order: demandRow('Order', 'orders', '_id'),
  transaction: demandRow('Transaction', 'transactions', '_id'),
  subscription: demandRow('Subscription', 'subscriptions', '_id'),
}
