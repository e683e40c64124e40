import { badRequest, missing } from '@groundlevel/contract-kit'
import { type SentItem, unsent } from './orders.rules.js'
import type { OrderStored } from './orders.sql.js'

export interface SentSource {
  readonly type: string
  readonly subType?: string
  readonly id?: string
  readonly name?: string
  readonly meta?: Record<string, unknown>
}

export const sourceColumns = (source: SentSource | undefined, ownId: string) => ({
  sourceType: source?.type ?? 'external',
  sourceSubType: source?.subType ?? null,
  sourceId: source?.id ?? ownId,
  sourceName: source?.name ?? null,
  sourceMeta: source?.meta ? JSON.stringify(source.meta) : null,
})

interface Kept {
  readonly items: readonly { readonly qty: number; readonly price: { readonly _id?: unknown } }[]
}

const itemsOf = (order: Pick<OrderStored, 'items'>) => order.items as Kept['items'] & object[]

/** Lines of a fulfilment, taken from those of the order. @throws WireError 400 where more is sent than was ordered */
export const linesToSend = (order: OrderStored, asked: readonly { priceId: string; qty: number }[], sent: readonly unknown[]) => {
  const left = new Map(unsent(itemsOf(order), sent as Kept['items'][]))
  return asked.map(({ priceId, qty }) => {
    const line = itemsOf(order).find(({ price }) => price._id === priceId)
    if (!line) throw missing('Item')
    const rest = left.get(priceId) ?? 0
    if (qty > rest) throw badRequest(`Only ${rest} of price ${priceId} are left to fulfil.`)
    left.set(priceId, rest - qty)
    return { ...line, qty }
  })
}

export const fulfillmentStatusOf = (order: OrderStored, sent: readonly unknown[]) => {
  const left = [...unsent(itemsOf(order), sent as Kept['items'][]).values()]
  return left.every((qty) => qty <= 0) ? 'fulfilled' : 'partially_fulfilled'
}

export const trackingText = (trackings: readonly { trackingNumber?: string; shippingCarrier?: string; trackingUrl?: string }[]) =>
  trackings.map((each) => [each.shippingCarrier, each.trackingNumber, each.trackingUrl].filter(Boolean).join(' ')).join('\n')

/** The things of an order as a request would name them, to be counted again. */
export const keptItems = (order: OrderStored): SentItem[] =>
  (
    order.items as {
      name: string
      qty: number
      product: { _id: string }
      price: { _id: string; amount?: number }
      taxes?: { _id: string; name: string; rate: number; calculation: 'exclusive' | 'inclusive' }[]
    }[]
  ).map(({ name, qty, product, price, taxes }) =>
    order.productIds.includes(product._id)
      ? { name, qty, productId: product._id, priceId: price._id, ...(taxes ? { taxes } : {}) }
      : { name, qty, price: price.amount ?? 0, ...(taxes ? { taxes } : {}) },
  )
