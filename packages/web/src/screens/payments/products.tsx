import { products } from '@groundlevel/contracts'
import { Badge, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from 'react-router'
import { call, keyOf, useSend } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import type { Column } from '../../parts/list/columns.js'
import { usePages } from '../../parts/list/pages.js'
import { When } from '../../parts/when.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from '../settings/collection.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { Removal } from '../settings/removal.js'
import { type Product, useAlt, useBase } from './words.js'

const typeNames: Readonly<Record<string, string>> = {
  PHYSICAL: 'Thing to send',
  DIGITAL: 'Digital',
  SERVICE: 'Service',
  'PHYSICAL/DIGITAL': 'Thing and digital',
}

const columns: readonly Column<Product>[] = [
  { id: 'name', label: 'Name', names: true, sort: 'name', widthPx: 280, cell: ({ name }) => name, text: ({ name }) => name },
  {
    id: 'type',
    label: 'Kind',
    widthPx: 150,
    cell: ({ productType }) => typeNames[productType] ?? productType,
    text: ({ productType }) => productType,
  },
  {
    id: 'store',
    label: 'In the shop',
    widthPx: 120,
    cell: ({ availableInStore }) =>
      availableInStore ? (
        <Badge color="gray" c="var(--mantine-color-text)">
          Yes
        </Badge>
      ) : (
        'No'
      ),
    text: ({ availableInStore }) => (availableInStore ? 'yes' : 'no'),
  },
  {
    id: 'updatedAt',
    label: 'Changed',
    sort: 'updatedAt',
    widthPx: 130,
    cell: ({ updatedAt }) => <When at={updatedAt} />,
    text: ({ updatedAt }) => updatedAt,
  },
  { id: 'id', label: 'ID', widthPx: 250, cell: ({ _id }) => <Id value={_id} what="product id" />, text: ({ _id }) => _id },
]

const step = 100

/** All of them: the search and the order are made here. */
const useProducts = (locationId: string) =>
  usePages<Product, never>(keyOf(products.product.list, { query: { locationId, limit: step } }), async (_, signal) => {
    const rows: Product[] = []
    for (let total = 1; rows.length < total; ) {
      const page = await call(products.product.list, { query: { locationId, limit: step, offset: rows.length } }, signal)
      if (page.products.length === 0) break
      rows.push(...page.products)
      total = page.total[0]?.total ?? 0
    }
    return { rows, next: undefined }
  })

const NewProduct = ({ onClose }: { onClose: () => void }) => {
  const { altId } = useAlt()
  const base = useBase()
  const navigate = useNavigate()
  const { form, options, names } = useRecordForm({
    name: '',
    productType: 'PHYSICAL',
    description: '',
    availableInStore: false,
  })
  const create = useSend(products.product.create, ({ _id, name }) => {
    sayDone(`${name} is created: now give it a price`)
    onClose()
    void navigate(`${base}/products/${_id}`)
  })
  return (
    <EditDrawer
      title="New product"
      failed="The product was not created"
      sends={[create]}
      names={names}
      action="Create product"
      onSubmit={form.onSubmit((values) =>
        create.mutate(
          { body: { ...values, name: values.name.trim(), productType: values.productType as 'PHYSICAL', locationId: altId } },
          options,
        ),
      )}
      onClose={onClose}
    >
      <TextInput label="Name" required data-autofocus autoComplete="off" {...form.getInputProps('name')} />
      <Select
        label="Kind"
        data={Object.entries(typeNames).map(([value, label]) => ({ value, label }))}
        {...form.getInputProps('productType')}
        allowDeselect={false}
      />
      <Textarea label="Description" autosize minRows={3} {...form.getInputProps('description')} />
      <Switch label="Show it in the shop" {...form.getInputProps('availableInStore', { type: 'checkbox' })} />
    </EditDrawer>
  )
}

const RemoveProduct = ({ row, onClose }: { row: Product; onClose: () => void }) => {
  const { altId } = useAlt()
  const send = useSend(products.product.remove)
  return (
    <Removal name={row.name} send={send} input={{ productId: row._id, query: { locationId: altId } }} onClose={onClose}>
      Its prices and reviews go too; orders keep what they were for. This cannot be undone.
    </Removal>
  )
}

/** What is sold. */
export const Products = () => {
  const { altId } = useAlt()
  const base = useBase()
  return (
    <Collection
      name="products"
      title="Products"
      about="What you sell, with prices and stock."
      noun="product"
      pages={useProducts(altId)}
      columns={columns}
      idOf={({ _id }) => _id}
      nameOf={({ name }) => name}
      words={(row) => `${row.name} ${row.description ?? ''} ${row._id}`}
      first="Create the first one, then give it a price."
      to={({ _id }) => `${base}/products/${_id}`}
      form={(_, close) => <NewProduct onClose={close} />}
      edits={false}
      removal={(row, close) => <RemoveProduct row={row} onClose={close} />}
    />
  )
}
