import { t } from '@groundlevel/contract-kit'
import { Source } from './module.js'

const text = t.Optional(t.String())
const open = t.Optional(t.Open())

const paid = {
  _id: t.String(),
  altType: t.String(),
  altId: t.String(),
  contactId: text,
  currency: text,
  amount: t.Number(),
  status: t.String(),
  liveMode: t.Boolean(),
  entityType: text,
  entityId: text,
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
  createdBy: text,
}

const entity = {
  contactName: text,
  contactEmail: text,
  entitySourceType: t.String(),
  entitySourceSubType: text,
  entitySourceName: text,
  entitySourceId: text,
  entitySourceMeta: open,
  subscriptionId: text,
  paymentProviderType: text,
  paymentProviderConnectedAccount: text,
}

export const TransactionRow = t.Object({
  ...paid,
  ...entity,
  mergedFromContactId: text,
  chargeId: text,
  chargeSnapshot: open,
  amountRefunded: t.Number(),
  paymentMethod: open,
  fulfilledAt: t.DateTime(),
})

export const Transaction = t.Object({
  ...paid,
  contactSnapshot: open,
  entitySource: Source,
  chargeId: text,
  chargeSnapshot: open,
  subscriptionId: text,
  paymentProvider: t.Open(),
  paymentMethod: open,
  meta: open,
  markAsTest: t.Boolean(),
  isParent: t.Boolean(),
  amountRefunded: t.Number(),
  receiptId: text,
  qboSynced: t.Boolean(),
  mergedFromContactId: text,
})

/** What was asked back of a payment. */
export const Refund = t.Object({
  _id: t.String(),
  transactionId: t.String(),
  amount: t.Number(),
  currency: t.String(),
  /** `pending`: the provider did not answer, and may have given it back. */
  status: t.Enum(['pending', 'succeeded', 'failed']),
  message: text,
  createdBy: text,
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
})

export const SubscriptionRow = t.Object({
  ...paid,
  ...entity,
  subscriptionSnapshot: t.Open(),
  /** Only where `getPaymentsCollectedCount` asks for it. */
  paymentsCollectedCount: t.Optional(t.Integer()),
})

const Rrule = t.Object({
  intervalType: t.Enum(['yearly', 'monthly', 'weekly', 'daily']),
  interval: t.Integer(),
  startDate: t.String(),
  count: t.Optional(t.Integer()),
})

export const Subscription = t.Object({
  ...paid,
  contactSnapshot: open,
  coupon: open,
  entitySource: Source,
  subscriptionId: text,
  subscriptionSnapshot: t.Open(),
  paymentProvider: t.Open(),
  meta: open,
  markAsTest: t.Boolean(),
  schedule: t.Optional(t.Object({ executeAt: t.String(), rrule: Rrule })),
  autoPayment: t.Open(),
  recurringProduct: t.Open(),
  canceledAt: t.Optional(t.DateTime()),
  canceledBy: text,
})
