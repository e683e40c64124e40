import type { Reply } from '@groundlevel/contract-kit'
import type { payments, products } from '@groundlevel/contracts'
import { useLocationId } from '../contacts/words.js'

export type OrderRow = Reply<typeof payments.order.list>['data'][number]
export type Order = Reply<typeof payments.order.get>
export type Customer = Reply<typeof payments.customer.list>['data'][number]
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
}

export const wordOf = (status: string | null | undefined): string => (status ? (words[status] ?? status) : '')

/** Who owns what is asked for, as this family of operations names it. */
export const useAlt = () => ({ altId: useLocationId(), altType: 'location' as const })

export const useBase = () => `/portal/sub-account/${useLocationId()}/payments`
