import { products } from '@groundlevel/contracts'
import { Group, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { useParams } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import type { Column } from '../../parts/list/columns.js'
import { onePage } from '../../parts/list/pages.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from '../settings/collection.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { Removal } from '../settings/removal.js'
import { amountOf, type Price, useAlt } from './words.js'

const termsOf = ({ type, recurring }: Price) =>
  type === 'recurring' && recurring
    ? `Every ${recurring.intervalCount === 1 ? '' : `${recurring.intervalCount} `}${recurring.interval}${recurring.intervalCount === 1 ? '' : 's'}`
    : 'Once'

const stockOf = ({ trackInventory, availableQuantity }: Price) => (trackInventory ? String(availableQuantity) : 'Not counted')

const columns: readonly Column<Price>[] = [
  { id: 'name', label: 'Price', names: true, sort: 'name', widthPx: 220, cell: ({ name }) => name, text: ({ name }) => name },
  {
    id: 'amount',
    label: 'Amount',
    widthPx: 130,
    align: 'end',
    cell: ({ amount, currency }) => amountOf(amount, currency),
    text: ({ amount }) => String(amount),
  },
  { id: 'terms', label: 'Paid', widthPx: 140, cell: termsOf, text: termsOf },
  { id: 'stock', label: 'In stock', widthPx: 120, cell: stockOf, text: stockOf },
  { id: 'sku', label: 'SKU', widthPx: 140, cell: ({ sku }) => sku, text: ({ sku }) => sku ?? '' },
]

const intervals = [
  { value: '', label: 'Once' },
  { value: 'week', label: 'Every week' },
  { value: 'month', label: 'Every month' },
  { value: 'year', label: 'Every year' },
]

const valuesOf = (row: Price | undefined) => ({
  name: row?.name ?? '',
  amount: (row?.amount ?? '') as number | string,
  currency: row?.currency ?? 'USD',
  interval: row?.recurring?.interval ?? '',
  trackInventory: row?.trackInventory ?? false,
  availableQuantity: (row?.availableQuantity ?? 0) as number | string,
  sku: row?.sku ?? '',
})

/** A change replaces a price, so what the form does not show goes along. */
const bodyOf = (values: ReturnType<typeof valuesOf>, row: Price | undefined, locationId: string) => {
  const { description, membershipOffers, variantOptionIds, trialPeriod, totalCycles, setupFee, compareAtPrice } = row ?? {}
  const kept = { description, membershipOffers, variantOptionIds, trialPeriod, totalCycles, setupFee, compareAtPrice }
  return {
    ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)),
    locationId,
    name: values.name.trim(),
    amount: Number(values.amount),
    currency: values.currency.trim(),
    type: values.interval ? ('recurring' as const) : ('one_time' as const),
    ...(values.interval
      ? { recurring: { interval: values.interval as 'month', intervalCount: row?.recurring?.intervalCount ?? 1 } }
      : {}),
    trackInventory: values.trackInventory,
    availableQuantity: Number(values.availableQuantity),
    allowOutOfStockPurchases: row?.allowOutOfStockPurchases ?? false,
    sku: values.sku.trim() || null,
  }
}

const PriceForm = ({ row, productId, onClose }: { row: Price | undefined; productId: string; onClose: () => void }) => {
  const { altId } = useAlt()
  const { form, options, names } = useRecordForm(valuesOf(row))
  const done = ({ name }: { name: string }) => {
    sayDone(`${name} is saved`)
    onClose()
  }
  const create = useSend(products.price.create, done)
  const update = useSend(products.price.update, done)
  const send = form.onSubmit((values) => {
    const body = bodyOf(values, row, altId)
    if (row) update.mutate({ productId, priceId: row._id, body }, options)
    else create.mutate({ productId, body }, options)
  })
  return (
    <EditDrawer
      title={row ? 'Edit price' : 'New price'}
      failed="The price was not saved"
      sends={[create, update]}
      names={names}
      onSubmit={send}
      onClose={onClose}
    >
      <TextInput label="Name" placeholder="One boat" required data-autofocus autoComplete="off" {...form.getInputProps('name')} />
      <Group grow align="flex-start">
        <NumberInput label="Amount" min={0} decimalScale={2} hideControls required {...form.getInputProps('amount')} />
        <TextInput label="Currency" maxLength={3} {...form.getInputProps('currency')} />
      </Group>
      <Select label="Paid" data={intervals} {...form.getInputProps('interval')} allowDeselect={false} />
      <Switch label="Count the stock" {...form.getInputProps('trackInventory', { type: 'checkbox' })} />
      {form.values.trackInventory && (
        <NumberInput label="In stock" min={0} allowDecimal={false} {...form.getInputProps('availableQuantity')} />
      )}
      <TextInput label="SKU" autoComplete="off" {...form.getInputProps('sku')} />
    </EditDrawer>
  )
}

const RemovePrice = ({ row, productId, onClose }: { row: Price; productId: string; onClose: () => void }) => {
  const { altId } = useAlt()
  const send = useSend(products.price.remove)
  return (
    <Removal name={row.name} send={send} input={{ productId, priceId: row._id, query: { locationId: altId } }} onClose={onClose}>
      It can no longer be ordered; orders keep what they were for.
    </Removal>
  )
}

/** One product and its prices. */
export const ProductPage = () => {
  const { productId = '' } = useParams()
  const { altId } = useAlt()
  const found = useAsk(products.product.get, { productId, query: { locationId: altId } })
  const prices = useAsk(products.price.list, { productId, query: { locationId: altId, limit: 100 } })
  return (
    <Loaded from={found} what="The product" waiting={<Waiting lines={6} />}>
      {(product) => (
        <Collection
          name="prices"
          title={product.name}
          about={product.description || 'What one costs, and how many are left.'}
          noun="price"
          pages={onePage({ ...prices, data: prices.data?.prices })}
          columns={columns}
          idOf={({ _id }) => _id}
          nameOf={({ name }) => name}
          words={(row) => `${row.name} ${row.sku ?? ''} ${row._id}`}
          first="Without a price it cannot be ordered."
          form={(row, close) => <PriceForm row={row} productId={productId} onClose={close} />}
          removal={(row, close) => <RemovePrice row={row} productId={productId} onClose={close} />}
        />
      )}
    </Loaded>
  )
}
