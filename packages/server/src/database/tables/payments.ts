import type { Generated, GeneratedAlways } from 'kysely'

/** Whom a payment, an order or a subscription is about, as the contact was then. */
interface Payer {
  contactName: string | null
  contactEmail: string | null
}

interface Sourced {
  sourceType: string
  sourceSubType: string | null
  sourceId: string
  sourceName: string | null
  sourceMeta: unknown
}

interface OrdersTable extends Payer, Sourced {
  locationId: string
  _id: string
  contactId: string
  contactSnapshot: unknown
  currency: string
  digits: number
  amountMinor: number
  subtotalMinor: number
  discountMinor: number
  taxMinor: number
  shippingMinor: number
  paidMinor: number
  refundedMinor: number
  status: string
  paymentStatus: string
  fulfillmentStatus: string
  liveMode: boolean
  items: unknown
  productIds: string[]
  totalProducts: number
  onetimeProducts: number
  recurringProducts: number
  stock: unknown
  taxSummary: unknown
  coupon: unknown
  couponId: string | null
  couponCode: string | null
  trackingId: string
  meta: unknown
  createdBy: string | null
  createdAt: Date
  updatedAt: Date
  searchText: GeneratedAlways<string>
}

interface OrderNotesTable {
  locationId: string
  _id: string
  orderId: string
  body: string
  userId: string | null
  createdAt: Date
}

interface FulfillmentsTable {
  locationId: string
  _id: string
  orderId: string
  trackings: unknown
  items: unknown
  createdAt: Date
  updatedAt: Date
}

interface TransactionsTable extends Payer, Sourced {
  locationId: string
  _id: string
  contactId: string | null
  mergedFromContactId: string | null
  contactSnapshot: unknown
  currency: string
  digits: number
  amountMinor: number
  refundedMinor: number
  status: string
  liveMode: boolean
  entityType: string
  entityId: string
  subscriptionId: string | null
  chargeId: string | null
  chargeSnapshot: unknown
  provider: string
  /** Of an app that takes the money; null of the test provider and of people. */
  providerId: Generated<string | null>
  paymentMethod: unknown
  meta: unknown
  receiptId: string | null
  createdBy: string | null
  fulfilledAt: Date
  createdAt: Date
  updatedAt: Date
  searchText: GeneratedAlways<string>
}

interface RefundsTable {
  locationId: string
  _id: string
  transactionId: string
  currency: string
  digits: number
  amountMinor: number
  status: string
  message: string | null
  createdBy: string | null
  askAt: Date | null
  tries: number
  createdAt: Date
  updatedAt: Date
}

interface SubscriptionsTable extends Payer, Sourced {
  locationId: string
  _id: string
  contactId: string
  contactSnapshot: unknown
  currency: string
  digits: number
  amountMinor: number
  status: string
  liveMode: boolean
  entityId: string
  provider: string
  providerId: Generated<string | null>
  /** What the app last said of it. */
  providerSnapshot: Generated<unknown>
  recurring: unknown
  item: unknown
  coupon: unknown
  cyclesDone: number
  totalCycles: number | null
  startedAt: Date
  nextAt: Date | null
  canceledAt: Date | null
  canceledBy: string | null
  createdBy: string | null
  createdAt: Date
  updatedAt: Date
  searchText: GeneratedAlways<string>
}

interface CouponsTable {
  locationId: string
  _id: string
  name: string
  code: string
  discountType: string
  discountValue: number | string
  startDate: Date
  endDate: Date | null
  usageLimit: number | null
  usageCount: number
  productIds: string[]
  applyToFuturePayments: boolean
  applyToFuturePaymentsConfig: unknown
  limitPerCustomer: number
  userId: string | null
  createdAt: Date
  updatedAt: Date
}

interface CustomersTable {
  locationId: string
  contactId: string
  createdAt: Date
  updatedAt: Date
}

interface PaymentProvidersTable {
  locationId: string
  _id: string
  marketplaceAppId: string
  name: string
  description: string
  paymentsUrl: string
  queryUrl: string
  imageUrl: string
  supportsSubscriptionSchedule: boolean
  livePublishableKey: string | null
  sealedLiveKey: Buffer | null
  testPublishableKey: string | null
  sealedTestKey: Buffer | null
  isDefault: Generated<boolean>
  deleted: boolean
  createdAt: Date
  updatedAt: Date
}

interface WhitelabelProvidersTable {
  locationId: string
  _id: string
  uniqueName: string
  title: string
  provider: string
  description: string
  imageUrl: string
  createdAt: Date
  updatedAt: Date
}

export interface PaymentsTables {
  orders: OrdersTable
  orderNotes: OrderNotesTable
  fulfillments: FulfillmentsTable
  transactions: TransactionsTable
  refunds: RefundsTable
  subscriptions: SubscriptionsTable
  coupons: CouponsTable
  customers: CustomersTable
  paymentProviders: PaymentProvidersTable
  whitelabelProviders: WhitelabelProvidersTable
}
