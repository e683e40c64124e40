import type { Reply } from '@groundlevel/contract-kit'
import { calendars } from '@groundlevel/contracts'
import { Switch, Textarea, TextInput } from '@mantine/core'
import { useAsk, useSend } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import type { Column } from '../../parts/list/columns.js'
import { onePage } from '../../parts/list/pages.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from '../settings/collection.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { Removal } from '../settings/removal.js'

type CalendarGroup = Reply<typeof calendars.groups.list>['groups'][number]

export const useGroups = () => {
  const locationId = useLocationId()
  return useAsk(calendars.groups.list, { query: { locationId } })
}

const slugOf = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')

const GroupForm = ({ row, onClose }: { row: CalendarGroup | undefined; onClose: () => void }) => {
  const locationId = useLocationId()
  const { form, options, names } = useRecordForm({
    name: row?.name ?? '',
    slug: row?.slug ?? '',
    description: row?.description ?? '',
    isActive: row?.isActive ?? true,
  })
  const status = useSend(calendars.groups.status)
  const done = ({ group }: { group: CalendarGroup }) => {
    const { isActive } = form.values
    if (group.isActive !== isActive) status.mutate({ groupId: group.id, body: { isActive } })
    sayDone(`${group.name} is saved`)
    onClose()
  }
  const create = useSend(calendars.groups.create, done)
  const update = useSend(calendars.groups.update, done)
  const send = form.onSubmit(({ isActive, ...values }) => {
    const body = { ...values, name: values.name.trim(), slug: values.slug.trim() || slugOf(values.name) }
    if (row) update.mutate({ groupId: row.id, body }, options)
    else create.mutate({ body: { ...body, isActive, locationId } }, options)
  })
  return (
    <EditDrawer
      title={row ? 'Edit group' : 'New group'}
      failed="The group was not saved"
      sends={[create, update]}
      names={names}
      onSubmit={send}
      onClose={onClose}
    >
      <TextInput label="Name" required data-autofocus autoComplete="off" {...form.getInputProps('name')} />
      <TextInput
        label="Slug"
        description="A part of an address: letters, digits, - and _."
        placeholder={slugOf(form.values.name)}
        autoComplete="off"
        {...form.getInputProps('slug')}
      />
      <Textarea label="Description" autosize minRows={2} {...form.getInputProps('description')} />
      <Switch
        label="On"
        description="In a group that is off nothing can be booked."
        {...form.getInputProps('isActive', { type: 'checkbox' })}
      />
    </EditDrawer>
  )
}

const RemoveGroup = ({ row, onClose }: { row: CalendarGroup; onClose: () => void }) => {
  const send = useSend(calendars.groups.remove)
  return (
    <Removal name={row.name} send={send} input={{ groupId: row.id }} onClose={onClose}>
      Its calendars stay, and belong to no group.
    </Removal>
  )
}

const columns: readonly Column<CalendarGroup>[] = [
  { id: 'name', label: 'Name', names: true, sort: 'name', widthPx: 220, cell: ({ name }) => name, text: ({ name }) => name },
  { id: 'slug', label: 'Slug', widthPx: 160, cell: ({ slug }) => slug, text: ({ slug }) => slug },
  {
    id: 'description',
    label: 'Description',
    widthPx: 260,
    cell: ({ description }) => description,
    text: ({ description }) => description,
  },
  {
    id: 'active',
    label: 'State',
    widthPx: 90,
    cell: ({ isActive }) => (isActive ? 'On' : 'Off'),
    text: ({ isActive }) => (isActive ? 'on' : 'off'),
  },
  { id: 'id', label: 'ID', widthPx: 230, cell: ({ id }) => <Id value={id} what="group id" />, text: ({ id }) => id },
]

/** Calendars that belong together. */
export const CalendarGroups = () => {
  const found = useGroups()
  return (
    <Collection
      name="calendar-groups"
      title="Groups"
      about="Calendars that belong together. A calendar is put into a group where it is edited."
      noun="group"
      pages={onePage({ ...found, data: found.data?.groups })}
      columns={columns}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      words={(row) => `${row.name} ${row.slug} ${row.id}`}
      first="Make one to switch several calendars on and off together."
      form={(row, close) => <GroupForm row={row} onClose={close} />}
      removal={(row, close) => <RemoveGroup row={row} onClose={close} />}
    />
  )
}
