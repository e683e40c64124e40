import type { Implementation } from '../../http/implement.js'
import { couponHandlers } from './coupons.handlers.js'
import { customerHandlers } from './customers.handlers.js'
import { refundHandlers, subscriptionHandlers, transactionHandlers } from './money-moved.handlers.js'
import { fulfillmentHandlers, orderNoteHandlers, orderPaymentHandlers } from './order-acts.handlers.js'
import { orderHandlers } from './orders.handlers.js'
import type { PaymentPorts } from './ports.js'
import { providerWebhookHandlers } from './provider-webhooks.handlers.js'
import { connectedProviderHandlers, providerHandlers, whitelabelHandlers } from './providers.handlers.js'
import { savedMethodHandlers } from './saved-methods.handlers.js'

export { paymentRecords } from './assigned.js'
export { payPages } from './checkout-pages.js'
export { movePurchases } from './customers.sql.js'
export type { Desk, Notice, PaymentPorts } from './ports.js'
export { refundJob } from './refunds.jobs.js'
export { type RenewalParts, renewalJob } from './renewals.jobs.js'
export { type SeedOrder, seedOrders } from './seed.js'

/** Orders and what is paid for them, coupons, customers, and who takes the money. */
export const paymentsModule = (ports: PaymentPorts): readonly Implementation[] => [
  ...orderHandlers(ports),
  ...orderPaymentHandlers(ports),
  ...fulfillmentHandlers(ports),
  ...orderNoteHandlers(),
  ...savedMethodHandlers(ports),
  ...transactionHandlers(ports),
  ...refundHandlers(ports),
  ...subscriptionHandlers(ports),
  ...couponHandlers(),
  ...customerHandlers(ports),
  ...providerHandlers(ports),
  ...connectedProviderHandlers(),
  ...providerWebhookHandlers(ports),
  ...whitelabelHandlers(),
]
