import { payments } from '@groundlevel/contracts'
import { Anchor, Button, Select } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from 'react-router'
import { call } from '../../api.js'
import { Empty } from '../../parts/empty.js'
import { useListAddress } from '../../parts/list/address.js'
import { type Column, useColumns } from '../../parts/list/columns.js'
import { countOf } from '../../parts/list/count.js'
import { useCsvExport } from '../../parts/list/csv.js'
import { DataTable } from '../../parts/list/data-table.js'
import { ListBar } from '../../parts/list/list-bar.js'
import { usePages } from '../../parts/list/pages.js'
import { Card, Page } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { CreateOrder } from './create-order.js'
import { amountOf, type OrderRow, useAlt, useBase, wordOf } from './words.js'

const nameOf = ({ contactName, contactEmail }: OrderRow) => contactName || contactEmail || 'Nameless contact'

const word = (id: 'status' | 'paymentStatus' | 'fulfillmentStatus', label: string): Column<OrderRow> => ({
  id,
  label,
  widthPx: 120,
  cell: (row) => wordOf(row[id]),
  text: (row) => wordOf(row[id]),
})

const columnsOf = (base: string): readonly Column<OrderRow>[] => [
  {
    id: 'contact',
    label: 'Customer',
    names: true,
    widthPx: 220,
    cell: (row) => (
      <Anchor component={Link} to={`${base}/${row._id}`} size="sm" fw={500}>
        {nameOf(row)}
      </Anchor>
    ),
    text: nameOf,
  },
  {
    id: 'amount',
    label: 'Amount',
    widthPx: 120,
    align: 'end',
    cell: ({ amount, currency }) => amountOf(amount, currency),
    text: ({ amount }) => String(amount),
  },
  {
    id: 'items',
    label: 'Items',
    widthPx: 80,
    align: 'end',
    cell: ({ totalProducts }) => totalProducts,
    text: ({ totalProducts }) => String(totalProducts),
  },
  word('status', 'State'),
  word('paymentStatus', 'Payment'),
  word('fulfillmentStatus', 'Sending'),
  {
    id: 'couponCode',
    label: 'Coupon',
    widthPx: 110,
    cell: ({ couponCode }) => couponCode,
    text: ({ couponCode }) => couponCode ?? '',
  },
  {
    id: 'createdAt',
    label: 'Placed',
    widthPx: 130,
    cell: ({ createdAt }) => <When at={createdAt} />,
    text: ({ createdAt }) => createdAt,
  },
]

const pageSize = 50

interface Asked {
  readonly altId: string
  readonly search: string
  readonly status: string
  readonly paymentStatus: string
}

const ask = async (asked: Asked, offset: number, signal?: AbortSignal) => {
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''))
  const query = { ...given, altType: 'location', limit: pageSize, offset } as never
  const { data, totalCount } = await call(payments.order.list, { query }, signal)
  const next = offset + data.length
  return { rows: data, total: totalCount, next: data.length > 0 && next < totalCount ? next : undefined }
}

async function* everything(asked: Asked): AsyncIterable<readonly OrderRow[]> {
  for (let offset: number | undefined = 0; offset !== undefined; ) {
    const page: Awaited<ReturnType<typeof ask>> = await ask(asked, offset)
    yield page.rows
    offset = page.next
  }
}

const options = (names: readonly string[]) => names.map((value) => ({ value, label: wordOf(value) }))

/** What was ordered. */
export const Orders = () => {
  const { altId } = useAlt()
  const base = `${useBase()}/orders`
  const navigate = useNavigate()
  const address = useListAddress()
  const [creating, { open, close }] = useDisclosure(false)
  const asked = { altId, search: address.query, status: address.get('status'), paymentStatus: address.get('payment') }
  const pages = usePages<OrderRow, number>([payments.order.list.key, 'pages', asked], (after, signal) =>
    ask(asked, after ?? 0, signal),
  )
  const columns = useColumns('orders', columnsOf(base))
  const exporting = useCsvExport('orders', columns.shown, () => everything(asked))
  const filter = (name: string, label: string, names: readonly string[]) => (
    <Select
      aria-label={label}
      placeholder={label}
      data={options(names)}
      value={address.get(name) || null}
      onChange={(value) => address.set({ [name]: value ?? '' })}
      clearable
      clearButtonProps={{ 'aria-label': `Any ${label.toLowerCase()}` }}
      w={150}
    />
  )
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      New order
    </Button>
  )
  return (
    <Page title="Orders" width={1400} actions={create}>
      <ListBar
        label="orders"
        address={address}
        columns={columns}
        exporting={exporting}
        count={pages.total === undefined ? undefined : countOf(pages.total, 'order')}
      >
        {filter('status', 'State', ['pending', 'processing', 'completed', 'failed', 'cancelled', 'refunded'])}
        {filter('payment', 'Payment', ['paid', 'unpaid', 'partially_paid', 'refunded'])}
      </ListBar>
      <Card flush>
        <DataTable
          label="Orders"
          what="The orders"
          pages={pages}
          columns={columns.shown}
          idOf={({ _id }) => _id}
          nameOf={nameOf}
          onOpen={({ _id }) => void navigate(`${base}/${_id}`)}
          empty={
            asked.search || asked.status || asked.paymentStatus ? (
              <Empty title="No order matches">Take a filter away, or search for less.</Empty>
            ) : (
              <Empty title="No order yet" action={create}>
                Write the first one, or let an app with the scope payments/orders.write do it.
              </Empty>
            )
          }
        />
      </Card>
      {creating && <CreateOrder onClose={close} />}
    </Page>
  )
}
