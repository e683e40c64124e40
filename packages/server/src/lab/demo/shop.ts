import type { SeedContact } from '../../crm/contacts/index.js'
import type { SeedOrder } from '../../crm/payments/index.js'
import type { SeedProduct } from '../../crm/products/index.js'
import { newHexId } from '../../ids.js'

const dayMs = 86_400_000

/** What the first sub-account sells. */
export const demoProducts = (): SeedProduct[] =>
  [
    { name: 'Whitening kit', slug: 'whitening-kit', productType: 'PHYSICAL', amountMinor: 4900, every: null, left: 24 },
    {
      name: 'First examination',
      slug: 'first-examination',
      productType: 'SERVICE',
      amountMinor: 12_000,
      every: null,
      left: null,
    },
    { name: 'Dental plan', slug: 'dental-plan', productType: 'SERVICE', amountMinor: 2900, every: 'month', left: null },
  ].map((product) => ({ ...product, productId: newHexId(), priceId: newHexId() }) as SeedProduct)

/** Two orders: one that waits to be paid, one that is paid. */
export const demoOrders = (products: readonly SeedProduct[], contacts: readonly SeedContact[], now: Date): SeedOrder[] => {
  const priceId = (at: number) => products[at]?.priceId ?? ''
  return contacts.slice(0, 2).map(({ id, firstName, lastName, email, phone }, at) => ({
    contact: { id, firstName, lastName, name: `${firstName} ${lastName}`, email, phone },
    items: at === 0 ? [{ priceId: priceId(0), qty: 2 }] : [1, 2].map((product) => ({ priceId: priceId(product), qty: 1 })),
    paid: at === 1,
    at: new Date(now.getTime() - (at + 1) * dayMs),
  }))
}
