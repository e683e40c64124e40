import type { Reply } from '@groundlevel/contract-kit'
import { calendars } from '@groundlevel/contracts'
import { MultiSelect, Select, TextInput } from '@mantine/core'
import { useAsk, useSend } from '../../api.js'
import { useNow } from '../../clock.js'
import { Id } from '../../parts/identifier.js'
import { useListAddress } from '../../parts/list/address.js'
import type { Column } from '../../parts/list/columns.js'
import { onePage } from '../../parts/list/pages.js'
import { useLocationId, useUsers } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from '../settings/collection.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { Removal } from '../settings/removal.js'
import { Hours, OwnDays } from './hours-fields.js'
import { type OwnDay, ownDayOf, type Span, span, weekdays } from './open-hours.js'
import { useCalendars, useZone } from './use-events.js'
import { wallIn } from './wall.js'

type Schedule = Reply<typeof calendars.schedules.search>['schedules'][number]
type Rule = Schedule['rules'][number]

const zones = Intl.supportedValuesOf('timeZone')
/** A field for times knows no 24:00. */
const lastOf = (to: string) => (to === '24:00' ? '00:00' : to)

/** Weekdays with the same hours are one line. */
const spansOf = (rules: readonly Rule[]): Span[] => {
  const days = new Map<string, string[]>()
  for (const { type, day, intervals } of rules)
    if (type === 'wday')
      for (const { from, to } of intervals) {
        const key = `${from} ${lastOf(to)}`
        days.set(key, [...(days.get(key) ?? []), String(weekdays.findIndex((name) => name.toLowerCase() === day))])
      }
  return [...days].map(([key, each]) => span(each, key.slice(0, 5), key.slice(6)))
}

const ownDaysOf = (rules: readonly Rule[]): OwnDay[] =>
  rules.flatMap(({ type, date = '', intervals }) => {
    if (type !== 'date') return []
    if (intervals.length === 0) return [ownDayOf(date, true)]
    return intervals.map(({ from, to }) => ownDayOf(date, false, from, lastOf(to)))
  })

const rulesOf = (spans: readonly Span[], days: readonly OwnDay[]): Rule[] => [
  ...weekdays.flatMap((name, at): Rule[] => {
    const intervals = spans.filter(({ days: on }) => on.includes(String(at))).map(({ from, to }) => ({ from, to }))
    return intervals.length > 0 ? [{ type: 'wday', day: name.toLowerCase() as 'sunday', intervals }] : []
  }),
  ...days.map(({ date, closed, from, to }): Rule => ({ type: 'date', date, intervals: closed ? [] : [{ from, to }] })),
]

interface FormProps {
  readonly row: Schedule | undefined
  readonly userId: string
  readonly zone: string | undefined
  readonly onClose: () => void
}

const ScheduleForm = ({ row, userId, zone, onClose }: FormProps) => {
  const locationId = useLocationId()
  const today = wallIn(zone, useNow(60_000)).day
  const shown = useCalendars().data?.calendars ?? []
  const { form, options, names } = useRecordForm({
    name: row?.name ?? '',
    timezone: row?.timezone ?? zone ?? 'UTC',
    spans: row ? spansOf(row.rules) : [span(['1', '2', '3', '4', '5'], '09:00', '17:00')],
    days: row ? ownDaysOf(row.rules) : [],
    calendarIds: [...(row?.calendarIds ?? [])],
  })
  const associate = useSend(calendars.schedules.associate)
  const dissociate = useSend(calendars.schedules.dissociate)
  const done = ({ schedule: { id, name, calendarIds } }: { schedule: Schedule }) => {
    const wanted = form.values.calendarIds
    for (const calendarId of wanted) if (!calendarIds.includes(calendarId)) associate.mutate({ id, calendarId })
    for (const calendarId of calendarIds) if (!wanted.includes(calendarId)) dissociate.mutate({ id, calendarId })
    sayDone(`${name} is saved`)
    onClose()
  }
  const create = useSend(calendars.schedules.create, done)
  const update = useSend(calendars.schedules.update, done)
  const send = form.onSubmit(({ name, timezone, spans, days, calendarIds }) => {
    const body = { name: name.trim(), timezone, rules: rulesOf(spans, days) }
    if (row) update.mutate({ id: row.id, body }, options)
    else create.mutate({ body: { ...body, calendarIds, locationId, userId } }, options)
  })
  const zoneNames = zones.includes(form.values.timezone) ? zones : [form.values.timezone, ...zones]
  return (
    <EditDrawer
      title={row ? 'Edit schedule' : 'New schedule'}
      failed="The schedule was not saved"
      sends={[create, update]}
      names={names}
      onSubmit={send}
      onClose={onClose}
    >
      <TextInput label="Name" required data-autofocus autoComplete="off" {...form.getInputProps('name')} />
      <Select label="Time zone" data={zoneNames} searchable {...form.getInputProps('timezone')} allowDeselect={false} />
      <MultiSelect
        label="Calendars for which it counts"
        description="In others the hours of the calendar do."
        data={shown.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('calendarIds')}
        searchable
      />
      <Hours spans={form.values.spans} onChange={(spans) => form.setFieldValue('spans', spans)} />
      <OwnDays days={form.values.days} today={today} onChange={(days) => form.setFieldValue('days', days)} />
    </EditDrawer>
  )
}

const RemoveSchedule = ({ row, onClose }: { row: Schedule; onClose: () => void }) => {
  const send = useSend(calendars.schedules.remove)
  return (
    <Removal name={row.name} send={send} input={{ id: row.id }} onClose={onClose}>
      The user can be booked in the hours of each calendar again.
    </Removal>
  )
}

const columns: readonly Column<Schedule>[] = [
  { id: 'name', label: 'Name', names: true, sort: 'name', widthPx: 240, cell: ({ name }) => name, text: ({ name }) => name },
  { id: 'zone', label: 'Time zone', widthPx: 200, cell: ({ timezone }) => timezone, text: ({ timezone }) => timezone },
  {
    id: 'calendars',
    label: 'Calendars',
    widthPx: 100,
    align: 'end',
    cell: ({ calendarIds }) => calendarIds.length,
    text: ({ calendarIds }) => String(calendarIds.length),
  },
  { id: 'id', label: 'ID', widthPx: 230, cell: ({ id }) => <Id value={id} what="schedule id" />, text: ({ id }) => id },
]

/** When people work, where that is not when a calendar is open. */
export const Schedules = () => {
  const locationId = useLocationId()
  const address = useListAddress()
  const { users } = useUsers()
  const zone = useZone()
  const userId = address.get('user') || users[0]?.id || ''
  const found = useAsk(calendars.schedules.search, { query: { locationId, userId, limit: 500 } }, { enabled: userId !== '' })
  return (
    <Collection
      name="schedules"
      title="Schedules"
      about="When a person works, in a zone of their own, for the calendars that it is meant for."
      noun="schedule"
      pages={onePage({ ...found, data: found.data?.schedules })}
      columns={columns}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      words={(row) => `${row.name} ${row.timezone} ${row.id}`}
      first="Without one a person can be booked whenever the calendar is open."
      filters={
        <Select
          aria-label="Whose"
          data={users.map((user) => ({ value: user.id ?? '', label: user.name ?? '' }))}
          value={userId || null}
          onChange={(id) => address.set({ user: id ?? '' })}
          allowDeselect={false}
          w={200}
        />
      }
      form={userId ? (row, close) => <ScheduleForm row={row} userId={userId} zone={zone} onClose={close} /> : undefined}
      removal={(row, close) => <RemoveSchedule row={row} onClose={close} />}
    />
  )
}
