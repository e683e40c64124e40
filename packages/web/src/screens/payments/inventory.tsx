import { products } from '@groundlevel/contracts'
import { Anchor, NumberInput, Switch } from '@mantine/core'
import { Link } from 'react-router'
import { call, keyOf, useSend } from '../../api.js'
import type { Column } from '../../parts/list/columns.js'
import { usePages } from '../../parts/list/pages.js'
import { When } from '../../parts/when.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from '../settings/collection.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { type Stock, useAlt, useBase } from './words.js'

const nameOf = ({ name, productName }: Stock) => (productName ? `${productName}, ${name}` : name)

const columnsOf = (base: string): readonly Column<Stock>[] => [
  {
    id: 'name',
    label: 'Product and price',
    names: true,
    sort: 'name',
    widthPx: 300,
    cell: (row) => (
      <Anchor component={Link} to={`${base}/products/${row.product}`} size="sm" fw={500}>
        {nameOf(row)}
      </Anchor>
    ),
    text: nameOf,
  },
  { id: 'sku', label: 'SKU', widthPx: 140, cell: ({ sku }) => sku, text: ({ sku }) => sku },
  {
    id: 'left',
    label: 'Left',
    sort: 'left',
    widthPx: 100,
    align: 'end',
    cell: ({ availableQuantity }) => availableQuantity,
    text: ({ availableQuantity }) => String(availableQuantity),
  },
  {
    id: 'over',
    label: 'When none is left',
    widthPx: 160,
    cell: ({ allowOutOfStockPurchases }) => (allowOutOfStockPurchases ? 'Sold on' : 'Sold out'),
    text: ({ allowOutOfStockPurchases }) => (allowOutOfStockPurchases ? 'sold on' : 'sold out'),
  },
  {
    id: 'updatedAt',
    label: 'Changed',
    sort: 'updatedAt',
    widthPx: 130,
    cell: ({ updatedAt }) => <When at={updatedAt} />,
    text: ({ updatedAt }) => updatedAt,
  },
]

const step = 100

const useStock = () => {
  const alt = useAlt()
  return usePages<Stock, never>(keyOf(products.inventory.list, { query: { ...alt, limit: step } }), async (_, signal) => {
    const rows: Stock[] = []
    for (let total = 1; rows.length < total; ) {
      const page = await call(products.inventory.list, { query: { ...alt, limit: step, offset: rows.length } }, signal)
      if (page.inventory.length === 0) break
      rows.push(...page.inventory)
      total = page.total.total
    }
    return { rows, next: undefined }
  })
}

const StockForm = ({ row, onClose }: { row: Stock; onClose: () => void }) => {
  const alt = useAlt()
  const { availableQuantity, allowOutOfStockPurchases } = row
  const { form, options, names } = useRecordForm({
    availableQuantity: availableQuantity as number | string,
    allowOutOfStockPurchases,
  })
  const send = useSend(products.inventory.update, () => {
    sayDone('The stock is set')
    onClose()
  })
  return (
    <EditDrawer
      title={nameOf(row)}
      failed="The stock was not set"
      sends={[send]}
      names={names}
      onSubmit={form.onSubmit((values) => {
        const item = { ...values, priceId: row._id, availableQuantity: Number(values.availableQuantity) }
        send.mutate({ body: { ...alt, items: [item] } }, options)
      })}
      onClose={onClose}
    >
      <NumberInput label="Left" min={0} allowDecimal={false} data-autofocus {...form.getInputProps('availableQuantity')} />
      <Switch label="Sell on when none is left" {...form.getInputProps('allowOutOfStockPurchases', { type: 'checkbox' })} />
    </EditDrawer>
  )
}

/** What is left of everything whose stock is counted. */
export const Inventory = () => (
  <Collection
    name="inventory"
    title="Inventory"
    about="What is left of everything whose stock is counted."
    noun="counted price"
    pages={useStock()}
    columns={columnsOf(useBase())}
    idOf={({ _id }) => _id}
    nameOf={nameOf}
    words={(row) => `${nameOf(row)} ${row.sku}`}
    first="Let the stock of a price be counted, on the page of its product."
    form={(row, close) => row && <StockForm row={row} onClose={close} />}
    adds={false}
  />
)
