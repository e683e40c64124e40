import { calendars } from '@groundlevel/contracts'
import { Button, Group, Select, TextInput } from '@mantine/core'
import { useSend } from '../../api.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import type { Spot } from './appointment-form.js'
import type { Calendar, CalendarEvent } from './use-events.js'
import { timeAt } from './wall.js'

const localOf = (time: string) => time.slice(0, 16)

interface BlockProps {
  readonly event: CalendarEvent | undefined
  readonly spot: Spot
  readonly shown: readonly Calendar[]
  readonly onClose: () => void
}

/** A time in which nothing can be booked. */
export const BlockForm = ({ event, spot, shown, onClose }: BlockProps) => {
  const locationId = useLocationId()
  const { form, options, names } = useRecordForm({
    calendarId: event?.calendarId ?? shown[0]?.id ?? '',
    title: event?.title ?? '',
    startTime: localOf(event?.startTime ?? timeAt(spot.day, spot.minutes)),
    endTime: localOf(event?.endTime ?? timeAt(spot.day, spot.minutes + 60)),
  })
  const done = () => {
    sayDone(event ? 'Saved' : 'Blocked')
    onClose()
  }
  const create = useSend(calendars.blocked.create, done)
  const update = useSend(calendars.blocked.update, done)
  const remove = useSend(calendars.appointment.remove, () => {
    sayDone('Free again')
    onClose()
  })
  const send = form.onSubmit(({ calendarId, title, startTime, endTime }) => {
    const times = { startTime: `${startTime}:00`, endTime: `${endTime}:00` }
    const body = { locationId, calendarId, ...times, title: title.trim() || 'Blocked' }
    if (event) update.mutate({ eventId: event.id, body }, options)
    else create.mutate({ body }, options)
  })
  return (
    <EditDrawer
      title={event ? 'Blocked time' : 'Block a time'}
      failed="The time was not blocked"
      sends={[create, update, remove]}
      names={names}
      action={event ? 'Save' : 'Block'}
      onSubmit={send}
      onClose={onClose}
    >
      <Select
        label="Calendar"
        data={shown.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('calendarId')}
        allowDeselect={false}
      />
      <TextInput label="Why" placeholder="Lunch" data-autofocus autoComplete="off" {...form.getInputProps('title')} />
      <TextInput label="From" type="datetime-local" required {...form.getInputProps('startTime')} />
      <TextInput label="To" type="datetime-local" required {...form.getInputProps('endTime')} />
      {event && (
        <Group>
          <Button size="xs" variant="default" loading={remove.isPending} onClick={() => remove.mutate({ eventId: event.id })}>
            Free it again
          </Button>
        </Group>
      )}
    </EditDrawer>
  )
}
