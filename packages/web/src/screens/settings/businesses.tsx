import type { Reply } from '@groundlevel/contract-kit'
import { businesses } from '@groundlevel/contracts'
import { Group, Textarea, TextInput } from '@mantine/core'
import { call, keyOf, useSend } from '../../api.js'
import type { Column } from '../../parts/list/columns.js'
import { usePages } from '../../parts/list/pages.js'
import { When } from '../../parts/when.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from './collection.js'
import { EditDrawer, useRecordForm } from './edit-drawer.js'
import { Removal } from './removal.js'

type Business = Reply<typeof businesses.business.list>['businesses'][number]

const fields = ['name', 'phone', 'email', 'website', 'address', 'city', 'state', 'postalCode', 'country', 'description'] as const

const textColumn = (id: (typeof fields)[number], label: string, optional = false): Column<Business> => ({
  id,
  label,
  sort: id,
  cell: (row) => row[id] ?? '',
  text: (row) => row[id] ?? '',
  optional,
})

const columns: readonly Column<Business>[] = [
  { ...textColumn('name', 'Name'), names: true, widthPx: 220 },
  textColumn('phone', 'Phone'),
  textColumn('email', 'E-mail'),
  textColumn('website', 'Website'),
  textColumn('city', 'City'),
  textColumn('country', 'Country', true),
  {
    id: 'createdAt',
    label: 'Created',
    cell: ({ createdAt }) => <When at={createdAt ?? ''} />,
    text: ({ createdAt }) => createdAt ?? '',
  },
]

const valuesOf = (row: Business | undefined) =>
  Object.fromEntries(fields.map((field) => [field, row?.[field] ?? ''])) as Record<(typeof fields)[number], string>

const BusinessForm = ({ row, onClose }: { row: Business | undefined; onClose: () => void }) => {
  const locationId = useLocationId()
  const { form, options, names } = useRecordForm(valuesOf(row))
  const done = ({ buiseness }: { buiseness: { name: string } }) => {
    sayDone(`${buiseness.name} is saved`)
    onClose()
  }
  const create = useSend(businesses.business.create, done)
  const update = useSend(businesses.business.update, done)
  const send = form.onSubmit(({ name, ...details }) => {
    const body = {
      name: name.trim(),
      ...Object.fromEntries(Object.entries(details).map(([key, text]) => [key, text.trim() || null])),
    }
    if (row) update.mutate({ businessId: row.id ?? '', body }, options)
    else create.mutate({ body: { ...body, locationId } }, options)
  })
  const field = (name: (typeof fields)[number]) => form.getInputProps(name)
  return (
    <EditDrawer
      title={row ? 'Edit business' : 'New business'}
      failed="The business was not saved"
      sends={[create, update]}
      names={names}
      onSubmit={send}
      onClose={onClose}
    >
      <TextInput label="Name" data-autofocus {...field('name')} />
      <TextInput label="Phone" type="tel" {...field('phone')} />
      <TextInput label="E-mail" type="email" {...field('email')} />
      <TextInput label="Website" type="url" placeholder="https://" {...field('website')} />
      <TextInput label="Address" {...field('address')} />
      <Group grow align="flex-start">
        <TextInput label="City" {...field('city')} />
        <TextInput label="State" {...field('state')} />
      </Group>
      <Group grow align="flex-start">
        <TextInput label="Postal code" {...field('postalCode')} />
        <TextInput label="Country" {...field('country')} />
      </Group>
      <Textarea label="Description" autosize minRows={2} maxRows={8} {...field('description')} />
    </EditDrawer>
  )
}

const RemoveBusiness = ({ row, onClose }: { row: Business; onClose: () => void }) => {
  const send = useSend(businesses.business.remove)
  return (
    <Removal name={row.name ?? ''} send={send} input={{ businessId: row.id ?? '' }} onClose={onClose}>
      Its contacts stay and belong to no business from then on. This cannot be undone.
    </Removal>
  )
}

const step = 100

/** All of them: the search and the order are made here. */
const useBusinesses = (locationId: string) => {
  const query = { locationId, limit: step }
  return usePages<Business, never>(keyOf(businesses.business.list, { query }), async (_, signal) => {
    const rows: Business[] = []
    for (let skip = 0; skip === rows.length; skip += step)
      rows.push(...(await call(businesses.business.list, { query: { ...query, skip } }, signal)).businesses)
    return { rows, next: undefined }
  })
}

/** Businesses that contacts can belong to. */
export const Businesses = () => (
  <Collection
    name="businesses"
    title="Businesses"
    about="Companies that your contacts work for. A contact is linked to one on its own page."
    noun="business"
    plural="businesses"
    pages={useBusinesses(useLocationId())}
    columns={columns}
    idOf={({ id }) => id ?? ''}
    nameOf={({ name }) => name ?? ''}
    words={(row) => fields.map((field) => row[field] ?? '').join(' ')}
    first="Create the first company, then link the contacts who work there."
    form={(row, close) => <BusinessForm row={row} onClose={close} />}
    removal={(row, close) => <RemoveBusiness row={row} onClose={close} />}
  />
)
