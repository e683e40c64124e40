import type { Reply } from '@groundlevel/contract-kit'
import { calendars } from '@groundlevel/contracts'
import { Group, MultiSelect, NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useAsk, useSend } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import type { Column } from '../../parts/list/columns.js'
import { onePage } from '../../parts/list/pages.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from '../settings/collection.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { Removal } from '../settings/removal.js'
import { useCalendars } from './use-events.js'

type Resource = Reply<typeof calendars.resources.list>[number]

const kinds = { rooms: 'Room', equipments: 'Equipment' } as const

const useResources = () => {
  const locationId = useLocationId()
  const query = { locationId, limit: 100 }
  const rooms = useAsk(calendars.resources.list, { resourceType: 'rooms', query })
  const equipment = useAsk(calendars.resources.list, { resourceType: 'equipments', query })
  return {
    data: rooms.data && equipment.data && [...rooms.data, ...equipment.data],
    isPending: rooms.isPending || equipment.isPending,
    error: rooms.error ?? equipment.error,
    refetch: () => Promise.all([rooms.refetch(), equipment.refetch()]),
  }
}

const numberIn = (value: number | string) => (value === '' ? null : Number(value))

const ResourceForm = ({ row, onClose }: { row: Resource | undefined; onClose: () => void }) => {
  const locationId = useLocationId()
  const shown = useCalendars().data?.calendars ?? []
  const { form, options, names } = useRecordForm({
    resourceType: row?.resourceType ?? ('rooms' as Resource['resourceType']),
    name: row?.name ?? '',
    description: row?.description ?? '',
    capacity: (row?.capacity ?? '') as number | string,
    quantity: (row?.quantity ?? '') as number | string,
    outOfService: (row?.outOfService ?? '') as number | string,
    calendarIds: [...(row?.calendarIds ?? [])],
    isActive: row?.isActive ?? true,
  })
  const done = ({ name }: { name: string }) => {
    sayDone(`${name} is saved`)
    onClose()
  }
  const create = useSend(calendars.resources.create, done)
  const update = useSend(calendars.resources.update, done)
  const { resourceType } = form.values
  const send = form.onSubmit(({ resourceType: kind, capacity, quantity, outOfService, ...values }) => {
    const amounts =
      kind === 'rooms' ? { capacity: numberIn(capacity) } : { quantity: numberIn(quantity), outOfService: numberIn(outOfService) }
    const body = { ...values, ...amounts, name: values.name.trim(), locationId }
    if (row) update.mutate({ resourceType: kind, id: row.id, body }, options)
    else create.mutate({ resourceType: kind, body }, options)
  })
  return (
    <EditDrawer
      title={row ? `Edit ${kinds[row.resourceType].toLowerCase()}` : 'New room or equipment'}
      failed="It was not saved"
      sends={[create, update]}
      names={names}
      onSubmit={send}
      onClose={onClose}
    >
      <Select
        label="Kind"
        data={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
        {...form.getInputProps('resourceType')}
        disabled={row !== undefined}
        allowDeselect={false}
      />
      <TextInput label="Name" required data-autofocus autoComplete="off" {...form.getInputProps('name')} />
      <Textarea label="Description" autosize minRows={2} {...form.getInputProps('description')} />
      {resourceType === 'rooms' ? (
        <NumberInput
          label="Places"
          description="How many of a class fit in; other appointments have the room to themselves."
          min={0}
          {...form.getInputProps('capacity')}
        />
      ) : (
        <Group grow align="flex-start">
          <NumberInput label="How many there are" min={0} {...form.getInputProps('quantity')} />
          <NumberInput label="Out of service" min={0} {...form.getInputProps('outOfService')} />
        </Group>
      )}
      <MultiSelect
        label="Calendars that need it"
        data={shown.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('calendarIds')}
        searchable
      />
      <Switch label="In use" {...form.getInputProps('isActive', { type: 'checkbox' })} />
    </EditDrawer>
  )
}

const RemoveResource = ({ row, onClose }: { row: Resource; onClose: () => void }) => {
  const send = useSend(calendars.resources.remove)
  return (
    <Removal name={row.name} send={send} input={{ resourceType: row.resourceType, id: row.id }} onClose={onClose}>
      Its calendars can be booked without it from then on.
    </Removal>
  )
}

const amountOf = ({ resourceType, capacity, quantity = 1, outOfService = 0 }: Resource) =>
  resourceType === 'rooms' ? (capacity ? `${capacity} places` : '') : `${Math.max(0, quantity - outOfService)} of ${quantity}`

const columns: readonly Column<Resource>[] = [
  { id: 'name', label: 'Name', names: true, sort: 'name', widthPx: 220, cell: ({ name }) => name, text: ({ name }) => name },
  {
    id: 'kind',
    label: 'Kind',
    widthPx: 120,
    cell: ({ resourceType }) => kinds[resourceType],
    text: ({ resourceType }) => kinds[resourceType],
  },
  { id: 'amount', label: 'Can be had', widthPx: 120, cell: amountOf, text: amountOf },
  {
    id: 'calendars',
    label: 'Calendars',
    widthPx: 100,
    align: 'end',
    cell: ({ calendarIds }) => calendarIds.length,
    text: ({ calendarIds }) => String(calendarIds.length),
  },
  {
    id: 'active',
    label: 'State',
    widthPx: 100,
    cell: ({ isActive }) => (isActive ? 'In use' : 'Off'),
    text: ({ isActive }) => (isActive ? 'in use' : 'off'),
  },
  { id: 'id', label: 'ID', widthPx: 230, cell: ({ id }) => <Id value={id} what="id" />, text: ({ id }) => id },
]

/** Rooms and equipment that appointments need. */
export const CalendarResources = () => (
  <Collection
    name="calendar-resources"
    title="Rooms and equipment"
    about="What appointments need besides people. A time at which none is left cannot be booked."
    noun="resource"
    pages={onePage(useResources())}
    columns={columns}
    idOf={({ id }) => id}
    nameOf={({ name }) => name}
    words={(row) => `${row.name} ${kinds[row.resourceType]} ${row.id}`}
    first="Add a room or a device, and the calendars that need it."
    form={(row, close) => <ResourceForm row={row} onClose={close} />}
    removal={(row, close) => <RemoveResource row={row} onClose={close} />}
  />
)
