import { calendars } from '@groundlevel/contracts'
import { Anchor, Button, Checkbox, Group, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { ContactChoice } from '../contacts/contact-choice.js'
import { useLocationId, useUsers } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { Removal } from '../settings/removal.js'
import { AppointmentNotes } from './appointment-notes.js'
import { inMinutes } from './open-hours.js'
import { type Calendar, type CalendarEvent, statusNames } from './use-events.js'
import { addDays, clockOf, dayOf, minutesOf, timeAt, utcOf } from './wall.js'

export interface Spot {
  readonly day: string
  readonly minutes: number
}

const textOf = (minutes: number) => timeAt('2000-01-01', minutes).slice(11, 16)
const minutesIn = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))

/** How long the calendar's slots are. */
const slotMinutes = ({ slotDuration, slotDurationUnit }: Calendar) => inMinutes(slotDuration, slotDurationUnit, 30)

const lengthOf = ({ startTime, endTime }: CalendarEvent) => (Date.parse(endTime) - Date.parse(startTime)) / 60_000

/** Beginnings that are free on a day, in minutes of the sub-account's clocks. */
const useFree = (calendarId: string, day: string, zone: string | undefined): readonly number[] | undefined => {
  const query = {
    startDate: utcOf(addDays(day, -1)),
    endDate: utcOf(addDays(day, 2)),
    ...(zone ? { timezone: zone } : {}),
  }
  const found = useAsk(calendars.calendar.freeSlots, { calendarId, query }, { enabled: calendarId !== '' && day !== '' })
  const days = found.data as Readonly<Record<string, { readonly slots?: readonly string[] }>> | undefined
  return days && (days[day]?.slots ?? []).map(minutesOf)
}

const FreeTimes = ({
  calendarId,
  day,
  zone,
  onPick,
}: {
  calendarId: string
  day: string
  zone: string | undefined
  onPick: (minutes: number) => void
}) => {
  const free = useFree(calendarId, day, zone)
  if (!free) return null
  return (
    <Select
      label="Free times"
      placeholder={free.length === 0 ? 'Nothing is free on this day' : `${free.length} free on this day`}
      data={free.map((minutes) => ({ value: String(minutes), label: clockOf(minutes) }))}
      value={null}
      onChange={(minutes) => minutes && onPick(Number(minutes))}
      disabled={free.length === 0}
    />
  )
}

const initialOf = (event: CalendarEvent | undefined, spot: Spot, calendar: Calendar | undefined) => ({
  calendarId: event?.calendarId ?? calendar?.id ?? '',
  contactId: event?.contactId ?? '',
  title: event?.title ?? '',
  day: event ? dayOf(event.startTime) : spot.day,
  startTime: textOf(event ? minutesOf(event.startTime) : spot.minutes),
  minutes: String(event ? lengthOf(event) : calendar ? slotMinutes(calendar) : 30),
  assignedUserId: event?.assignedUserId ?? '',
  appointmentStatus: event?.appointmentStatus ?? 'confirmed',
  notes: event?.notes ?? '',
  outside: false,
})

const lengths = [15, 20, 30, 45, 60, 90, 120, 180, 240, 480]
const lengthWord = (minutes: number) =>
  minutes < 60
    ? `${minutes} minutes`
    : minutes % 60 === 0
      ? `${minutes / 60} h`
      : `${Math.floor(minutes / 60)} h ${minutes % 60} min`

interface FormProps {
  readonly event: CalendarEvent | undefined
  readonly spot: Spot
  readonly shown: readonly Calendar[]
  readonly zone: string | undefined
  readonly onClose: () => void
}

const writable = ['new', 'confirmed', 'showed', 'noshow', 'cancelled', 'invalid']

type Values = ReturnType<typeof initialOf>
type Form = ReturnType<typeof useRecordForm<Values>>['form']

/** What the wire takes; a title that is left empty the calendar gives. */
const bodyOf = (values: Values, before: CalendarEvent | undefined) => {
  const from = minutesIn(values.startTime)
  return {
    calendarId: values.calendarId,
    startTime: timeAt(values.day, from),
    endTime: timeAt(values.day, from + Number(values.minutes)),
    appointmentStatus: values.appointmentStatus as 'confirmed',
    ignoreFreeSlotValidation: values.outside,
    ...(values.title.trim() ? { title: values.title.trim() } : {}),
    ...(values.assignedUserId ? { assignedUserId: values.assignedUserId } : {}),
    ...(values.notes.trim() || before?.notes ? { notes: values.notes.trim() } : {}),
  }
}

/** Day, beginning and length. */
const When = ({ form, zone }: { form: Form; zone: string | undefined }) => {
  const { values } = form
  const known = [...new Set([...lengths, Number(values.minutes)])].sort((a, b) => a - b)
  return (
    <>
      <Group grow align="flex-start">
        <TextInput label="Day" type="date" required {...form.getInputProps('day')} />
        <TextInput label="From" type="time" required {...form.getInputProps('startTime')} />
      </Group>
      <FreeTimes
        calendarId={values.calendarId}
        day={values.day}
        zone={zone}
        onPick={(minutes) => form.setFieldValue('startTime', textOf(minutes))}
      />
      <Select
        label="How long"
        data={known.map((minutes) => ({ value: String(minutes), label: lengthWord(minutes) }))}
        {...form.getInputProps('minutes')}
        allowDeselect={false}
      />
    </>
  )
}

/** State, host and notes. */
const Rest = ({ form }: { form: Form }) => {
  const { users } = useUsers()
  return (
    <>
      <Select
        label="State"
        data={writable.map((value) => ({ value, label: statusNames[value] ?? value }))}
        {...form.getInputProps('appointmentStatus')}
        allowDeselect={false}
      />
      <Select
        label="With"
        placeholder="Whoever the calendar chooses"
        data={users.map((user) => ({ value: user.id ?? '', label: user.name ?? '' }))}
        value={form.values.assignedUserId || null}
        error={form.errors.assignedUserId}
        onChange={(id) => form.setFieldValue('assignedUserId', id ?? '')}
        clearable
        clearButtonProps={{ 'aria-label': 'With whoever the calendar chooses' }}
      />
      <Textarea label="Notes" autosize minRows={2} maxRows={8} {...form.getInputProps('notes')} />
      <Checkbox
        label="Outside the free times too"
        description="Books even where the calendar is closed or taken."
        {...form.getInputProps('outside', { type: 'checkbox' })}
      />
    </>
  )
}

const Booked = ({ event, onClose }: { event: CalendarEvent; onClose: () => void }) => {
  const locationId = useLocationId()
  const [removing, setRemoving] = useState(false)
  const remove = useSend(calendars.appointment.remove, onClose)
  return (
    <Group justify="space-between">
      <Anchor component={Link} to={`/portal/sub-account/${locationId}/contacts/${event.contactId}`} size="sm">
        Open the contact
      </Anchor>
      <Button size="xs" variant="default" onClick={() => setRemoving(true)}>
        Delete
      </Button>
      {removing && (
        <Removal name={event.title} send={remove} input={{ eventId: event.id }} onClose={() => setRemoving(false)}>
          It disappears from the calendar. To keep it visible, set its state to Cancelled instead.
        </Removal>
      )}
    </Group>
  )
}

/** An appointment, booked or changed. */
export const AppointmentForm = ({ event, spot, shown, zone, onClose }: FormProps) => {
  const locationId = useLocationId()
  const { form, options, names } = useRecordForm(initialOf(event, spot, shown[0]))
  const done = ({ title }: { title: string }) => {
    sayDone(`${title} is ${event ? 'saved' : 'booked'}`)
    onClose()
  }
  const create = useSend(calendars.appointment.create, done)
  const update = useSend(calendars.appointment.update, done)
  const { values } = form
  const send = form.onSubmit(() => {
    const body = bodyOf(values, event)
    if (event) update.mutate({ eventId: event.id, body }, options)
    else create.mutate({ body: { ...body, locationId, contactId: values.contactId } }, options)
  })
  const chooseCalendar = (id: string | null) => {
    const chosen = shown.find((each) => each.id === id)
    form.setValues({ calendarId: id ?? '', ...(chosen ? { minutes: String(slotMinutes(chosen)) } : {}) })
  }
  return (
    <EditDrawer
      title={event ? 'Appointment' : 'New appointment'}
      failed={`The appointment was not ${event ? 'saved' : 'booked'}`}
      sends={[create, update]}
      names={names}
      action={event ? 'Save' : 'Book'}
      onSubmit={send}
      onClose={onClose}
    >
      <Select
        label="Calendar"
        data={shown.map(({ id, name }) => ({ value: id, label: name }))}
        value={values.calendarId || null}
        error={form.errors.calendarId}
        onChange={chooseCalendar}
        allowDeselect={false}
      />
      {event && <Booked event={event} onClose={onClose} />}
      {!event && (
        <ContactChoice
          label="Contact"
          required
          value={values.contactId}
          onChange={(id) => form.setFieldValue('contactId', id)}
          error={form.errors.contactId as string | undefined}
        />
      )}
      <TextInput label="Title" placeholder="As the calendar names them" autoComplete="off" {...form.getInputProps('title')} />
      <When form={form} zone={zone} />
      <Rest form={form} />
      {event && <AppointmentNotes appointmentId={event.id} />}
    </EditDrawer>
  )
}
