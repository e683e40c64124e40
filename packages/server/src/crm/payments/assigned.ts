import { type AssignedRecords, isOthersRow } from '../contacts/index.js'

/** What contacts bought and paid. */
export const paymentRecords: readonly AssignedRecords[] = [
  {
    of: ['order', 'orderPayment', 'savedMethod', 'fulfillment', 'orderNote'].map((resource) => `payments.${resource}.`),
    names: ['orderId'],
    thing: () => 'Order',
    isForeign: (seeing, id) => isOthersRow(seeing, 'orders', id, '_id'),
  },
  {
    of: ['payments.transaction.', 'payments.refund.'],
    names: ['transactionId'],
    thing: () => 'Transaction',
    isForeign: (seeing, id) => isOthersRow(seeing, 'transactions', id, '_id'),
  },
  {
    of: ['payments.subscription.'],
    names: ['subscriptionId'],
    thing: () => 'Subscription',
    isForeign: (seeing, id) => isOthersRow(seeing, 'subscriptions', id, '_id'),
  },
]
