import { payments } from '@groundlevel/contracts'
import { Stack, Text } from '@mantine/core'
import { call, keyOf, useSend } from '../../api.js'
import type { Column } from '../../parts/list/columns.js'
import { usePages } from '../../parts/list/pages.js'
import { When } from '../../parts/when.js'
import { ContactChoice } from '../contacts/contact-choice.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from '../settings/collection.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { Removal } from '../settings/removal.js'
import { type Customer, customerName, spentOf, useAlt, useBase } from './words.js'

const columns: readonly Column<Customer>[] = [
  {
    id: 'name',
    label: 'Name',
    names: true,
    sort: 'name',
    widthPx: 220,
    cell: customerName,
    text: customerName,
  },
  {
    id: 'email',
    label: 'E-mail',
    widthPx: 240,
    cell: ({ contactEmail }) => contactEmail,
    text: ({ contactEmail }) => contactEmail ?? '',
  },
  { id: 'spent', label: 'Spent', widthPx: 150, align: 'end', cell: spentOf, text: spentOf },
  {
    id: 'orders',
    label: 'Orders',
    widthPx: 90,
    align: 'end',
    cell: ({ ordersCount }) => ordersCount,
    text: ({ ordersCount }) => String(ordersCount),
  },
  {
    id: 'subscriptions',
    label: 'Subscriptions',
    widthPx: 120,
    align: 'end',
    cell: ({ subscriptionsCount }) => subscriptionsCount,
    text: ({ subscriptionsCount }) => String(subscriptionsCount),
  },
  {
    id: 'last',
    label: 'Last order',
    widthPx: 130,
    cell: ({ lastOrderAt }) => lastOrderAt && <When at={lastOrderAt} />,
    text: ({ lastOrderAt }) => lastOrderAt ?? '',
  },
]

const step = 100
/** More than a person reads; the search of contacts finds the others. */
const most = 2_000

const useCustomers = (altId: string) =>
  usePages<Customer, never>(keyOf(payments.customer.list, { query: { altId, limit: step } }), async (_, signal) => {
    const rows: Customer[] = []
    for (let total = 1; rows.length < Math.min(total, most); ) {
      const page = await call(payments.customer.list, { query: { altId, limit: step, offset: rows.length } }, signal)
      if (page.data.length === 0) break
      rows.push(...page.data)
      total = page.totalCount
    }
    return { rows, next: undefined }
  })

const NewCustomer = ({ onClose }: { onClose: () => void }) => {
  const alt = useAlt()
  const { form, options, names } = useRecordForm({ contactId: '' })
  const create = useSend(payments.customer.create, (customer) => {
    sayDone(`${customerName(customer)} is a customer`)
    onClose()
  })
  return (
    <EditDrawer
      title="New customer"
      failed="The customer was not added"
      sends={[create]}
      names={names}
      action="Add customer"
      onSubmit={form.onSubmit(({ contactId }) => create.mutate({ body: { ...alt, contactId } }, options))}
      onClose={onClose}
    >
      <Stack gap="xs">
        <ContactChoice
          label="Contact"
          required
          value={form.values.contactId}
          onChange={(id) => form.setFieldValue('contactId', id)}
          error={form.errors.contactId as string | undefined}
        />
        <Text size="sm" c="dimmed">
          Whoever orders becomes a customer by themselves.
        </Text>
      </Stack>
    </EditDrawer>
  )
}

const RemoveCustomer = ({ row, onClose }: { row: Customer; onClose: () => void }) => {
  const { altId } = useAlt()
  const send = useSend(payments.customer.remove)
  return (
    <Removal name={customerName(row)} send={send} input={{ contactId: row.contactId, query: { altId } }} onClose={onClose}>
      The contact and the orders stay; the contact is a lead again.
    </Removal>
  )
}

/** Contacts who have bought. */
export const Customers = () => {
  const { altId } = useAlt()
  const base = `${useBase()}/customers`
  return (
    <Collection
      name="customers"
      title="Customers"
      about="Contacts who have bought, with what they spent."
      noun="customer"
      pages={useCustomers(altId)}
      columns={columns}
      idOf={({ contactId }) => contactId}
      nameOf={customerName}
      words={(row) => `${customerName(row)} ${row.contactEmail ?? ''} ${row.contactPhone ?? ''} ${row.contactId}`}
      first="Write an order for a contact, or add one by hand."
      to={({ contactId }) => `${base}/${contactId}`}
      form={(_, close) => <NewCustomer onClose={close} />}
      edits={false}
      removal={(row, close) => <RemoveCustomer row={row} onClose={close} />}
    />
  )
}
