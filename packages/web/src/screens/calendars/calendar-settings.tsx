import { calendars } from '@groundlevel/contracts'
import { Group, MultiSelect, NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useSend } from '../../api.js'
import { useNow } from '../../clock.js'
import { Id } from '../../parts/identifier.js'
import type { Column } from '../../parts/list/columns.js'
import { onePage } from '../../parts/list/pages.js'
import { useLocationId, useUsers } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from '../settings/collection.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { Removal } from '../settings/removal.js'
import { useGroups } from './groups.js'
import { Hours, OwnDays } from './hours-fields.js'
import { availabilitiesOf, hoursOf, inMinutes, ownDaysOf, spansOf } from './open-hours.js'
import { type Calendar, useCalendars, useZone } from './use-events.js'
import { wallIn } from './wall.js'

const typeNames: Readonly<Record<Calendar['calendarType'], string>> = {
  event: 'One host, one guest',
  round_robin: 'Team, in turns',
  collective: 'Whole team together',
  class_booking: 'Class with several guests',
  service_booking: 'Service',
  personal: 'Personal',
}

const inMins = { slotDurationUnit: 'mins', slotIntervalUnit: 'mins', slotBufferUnit: 'mins' } as const

interface Choices {
  readonly calendarType: string
  readonly groupId: string
}

/** The group it is in, and what visitors may do. */
const Visitors = <T extends Choices & Record<string, unknown>>({ form }: { form: UseFormReturnType<T> }) => {
  const groups = useGroups().data?.groups ?? []
  return (
    <>
      <Select
        label="Group"
        placeholder="None"
        data={groups.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('groupId')}
        value={form.values.groupId || null}
        onChange={(id) => form.getInputProps('groupId').onChange(id ?? '')}
        clearable
        clearButtonProps={{ 'aria-label': 'No group' }}
      />
      {form.values.calendarType === 'round_robin' && (
        <Switch
          label="The same person again"
          description="Who was with a contact before is with them again, as long as they are free."
          {...form.getInputProps('stickyContact', { type: 'checkbox' })}
        />
      )}
      <Switch label="Visitors may choose another time" {...form.getInputProps('allowReschedule', { type: 'checkbox' })} />
      <Switch label="Visitors may cancel" {...form.getInputProps('allowCancellation', { type: 'checkbox' })} />
    </>
  )
}

const CalendarForm = ({ row, onClose }: { row: Calendar | undefined; onClose: () => void }) => {
  const locationId = useLocationId()
  const { users } = useUsers()
  const today = wallIn(useZone(), useNow(60_000)).day
  const { form, options, names } = useRecordForm({
    name: row?.name ?? '',
    calendarType: row?.calendarType ?? ('round_robin' as Calendar['calendarType']),
    description: row?.description ?? '',
    members: (row?.teamMembers ?? []).map(({ userId }) => userId),
    slotDuration: inMinutes(row?.slotDuration, row?.slotDurationUnit, 30),
    slotInterval: inMinutes(row?.slotInterval, row?.slotIntervalUnit, 30),
    slotBuffer: inMinutes(row?.slotBuffer, row?.slotBufferUnit, 0),
    appoinmentPerSlot: row?.appoinmentPerSlot ?? 1,
    openHours: spansOf(row),
    days: ownDaysOf(row),
    groupId: row?.groupId ?? '',
    stickyContact: row?.stickyContact ?? false,
    allowReschedule: row?.allowReschedule ?? true,
    allowCancellation: row?.allowCancellation ?? true,
  })
  const done = ({ calendar }: { calendar: { name: string } }) => {
    sayDone(`${calendar.name} is saved`)
    onClose()
  }
  const create = useSend(calendars.calendar.create, done)
  const update = useSend(calendars.calendar.update, done)
  const send = form.onSubmit(({ members, openHours, days, groupId, calendarType, ...values }) => {
    const before = row?.teamMembers ?? []
    const body = {
      ...values,
      name: values.name.trim(),
      ...inMins,
      slotDuration: Number(values.slotDuration),
      slotInterval: Number(values.slotInterval),
      slotBuffer: Number(values.slotBuffer),
      appoinmentPerSlot: Number(values.appoinmentPerSlot),
      openHours: hoursOf(openHours),
      availabilities: availabilitiesOf(days, row?.availabilities ?? []),
      ...(groupId || row?.groupId ? { groupId } : {}),
      teamMembers: members.map((userId) => before.find((each) => each.userId === userId) ?? { userId }),
    }
    if (row) update.mutate({ calendarId: row.id, body }, options)
    else create.mutate({ body: { ...body, calendarType, locationId } }, options)
  })
  return (
    <EditDrawer
      title={row ? 'Edit calendar' : 'New calendar'}
      failed="The calendar was not saved"
      sends={[create, update]}
      names={names}
      onSubmit={send}
      onClose={onClose}
    >
      <TextInput label="Name" required data-autofocus autoComplete="off" {...form.getInputProps('name')} />
      <Select
        label="Kind"
        data={Object.entries(typeNames).map(([value, label]) => ({ value, label }))}
        {...form.getInputProps('calendarType')}
        disabled={row !== undefined}
        allowDeselect={false}
      />
      <Textarea label="Description" autosize minRows={2} {...form.getInputProps('description')} />
      <MultiSelect
        label="Team"
        placeholder={form.values.members.length === 0 ? 'Nobody yet' : ''}
        data={users.map((user) => ({ value: user.id ?? '', label: user.name ?? '' }))}
        {...form.getInputProps('members')}
        searchable
      />
      <Group grow align="flex-start">
        <NumberInput label="Minutes each" min={1} {...form.getInputProps('slotDuration')} />
        <NumberInput label="Begins every" suffix=" min" min={1} {...form.getInputProps('slotInterval')} />
      </Group>
      <Group grow align="flex-start">
        <NumberInput label="Pause after" suffix=" min" min={0} {...form.getInputProps('slotBuffer')} />
        <NumberInput label="Guests at once" min={1} {...form.getInputProps('appoinmentPerSlot')} />
      </Group>
      <Visitors form={form} />
      <Hours spans={form.values.openHours} onChange={(openHours) => form.setFieldValue('openHours', openHours)} />
      <OwnDays days={form.values.days} today={today} onChange={(days) => form.setFieldValue('days', days)} />
    </EditDrawer>
  )
}

const RemoveCalendar = ({ row, onClose }: { row: Calendar; onClose: () => void }) => {
  const send = useSend(calendars.calendar.remove)
  return (
    <Removal name={row.name} send={send} input={{ calendarId: row.id }} type={row.name} onClose={onClose}>
      Every appointment and blocked time in it goes too. This cannot be undone.
    </Removal>
  )
}

const minutesOfSlot = ({ slotDuration, slotDurationUnit }: Calendar) => inMinutes(slotDuration, slotDurationUnit, 0)

const columns: readonly Column<Calendar>[] = [
  { id: 'name', label: 'Name', names: true, sort: 'name', widthPx: 220, cell: ({ name }) => name, text: ({ name }) => name },
  {
    id: 'type',
    label: 'Kind',
    widthPx: 200,
    cell: ({ calendarType }) => typeNames[calendarType],
    text: ({ calendarType }) => typeNames[calendarType],
  },
  {
    id: 'slot',
    label: 'Minutes',
    widthPx: 90,
    align: 'end',
    cell: minutesOfSlot,
    text: (row) => String(minutesOfSlot(row)),
  },
  {
    id: 'active',
    label: 'State',
    widthPx: 110,
    cell: ({ isActive }) => (isActive === false ? 'Off' : 'On'),
    text: ({ isActive }) => (isActive === false ? 'off' : 'on'),
  },
  { id: 'id', label: 'ID', widthPx: 230, cell: ({ id }) => <Id value={id} what="calendar id" />, text: ({ id }) => id },
]

/** Which calendars there are, and when they are open. */
export const CalendarSettings = () => {
  const found = useCalendars()
  return (
    <Collection
      name="calendars"
      title="Calendars"
      about="Each says when something can be booked, for how long and with whom."
      noun="calendar"
      pages={onePage({ ...found, data: found.data?.calendars })}
      columns={columns}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      words={(row) => `${row.name} ${typeNames[row.calendarType]} ${row.id}`}
      first="Create the first one, with its open hours and its team."
      form={(row, close) => <CalendarForm row={row} onClose={close} />}
      removal={(row, close) => <RemoveCalendar row={row} onClose={close} />}
    />
  )
}
