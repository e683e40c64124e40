import type { Reply } from '@groundlevel/contract-kit'
import type { payments, products } from '@groundlevel/contracts'
import { useLocationId } from '../contacts/words.js'

export type OrderRow = Reply<typeof payments.order.list>['data'][number]
export type Order = Reply<typeof payments.order.get>
export type Customer = Reply<typeof payments.customer.list>['data'][number]
export type Coupon = Reply<typeof payments.coupon.list>['data'][number]
export type TransactionRow = Reply<typeof payments.transaction.list>['data'][number]
export type Transaction = Reply<typeof payments.transaction.get>
export type SubscriptionRow = Reply<typeof payments.subscription.list>['data'][number]
export type Subscription = Reply<typeof payments.subscription.get>
export type ConnectedProvider = Reply<typeof payments.connectedProvider.list>['providers'][number]
export type Stock = Reply<typeof products.inventory.list>['inventory'][number]
export type Product = Reply<typeof products.product.list>['products'][number]
export type Price = Reply<typeof products.price.list>['prices'][number]

/** An amount with its currency; an unknown currency stands beside the number. */
export const amountOf = (amount: number | null | undefined, currency: string | null | undefined): string => {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency: currency || 'USD' }).format(amount ?? 0)
  } catch {
    return `${amount ?? 0} ${currency ?? ''}`.trim()
  }
}

const words: Readonly<Record<string, string>> = {
  pending: 'Open',
  processing: 'In work',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  refunded: 'Refunded',
  succeeded: 'Succeeded',
  paid: 'Paid',
  unpaid: 'Unpaid',
  partially_paid: 'Partly paid',
  fulfilled: 'Sent',
  unfulfilled: 'Not sent',
  partially_fulfilled: 'Partly sent',
  partially_refunded: 'Partly given back',
  active: 'Active',
  scheduled: 'Scheduled',
  expired: 'Expired',
  trialing: 'On trial',
  canceled: 'Canceled',
  incomplete: 'Incomplete',
}

export const wordOf = (status: string | null | undefined): string => (status ? (words[status] ?? status) : '')

const providers: Readonly<Record<string, string>> = {
  manual: 'By hand',
  test: 'Test provider',
  'custom-provider': 'An app',
}

export const providerWord = (type: string | undefined): string => (type ? (providers[type] ?? type) : '')

/** A card by its last digits, or how else it was paid. */
export const paidBy = (method: Readonly<Record<string, unknown>> | undefined): string => {
  const { mode, card } = (method ?? {}) as { mode?: string; card?: { brand?: string; last4?: string } }
  return card ? [card.brand, card.last4].filter(Boolean).join(' ') : (mode ?? '').replace('_', ' ')
}

/** When it falls due next; nothing where it does not, or an app decides. */
export const nextOf = ({ subscriptionSnapshot }: Pick<SubscriptionRow, 'subscriptionSnapshot'>): string | undefined => {
  const { next_payment: next } = subscriptionSnapshot as { next_payment?: string | null }
  return next ?? undefined
}

const units: Readonly<Record<string, string>> = { daily: 'day', weekly: 'week', monthly: 'month', yearly: 'year' }

export const everyOf = (rule: { readonly intervalType: string; readonly interval: number } | undefined): string => {
  const unit = units[rule?.intervalType ?? '']
  if (!rule || !unit) return ''
  return rule.interval === 1 ? unit : `${rule.interval} ${unit}s`
}

export const customerName = ({
  contactName,
  contactEmail,
  contactPhone,
}: Pick<Customer, 'contactName' | 'contactEmail' | 'contactPhone'>) =>
  contactName || contactEmail || contactPhone || 'Nameless contact'

export const spentOf = ({ spent }: Pick<Customer, 'spent'>) =>
  spent.map(({ amount, currency }) => amountOf(amount, currency)).join(', ') || '–'

/** Who owns what is asked for, as this family of operations names it. */
export const useAlt = () => ({ altId: useLocationId(), altType: 'location' as const })

export const useBase = () => `/portal/sub-account/${useLocationId()}/payments`
