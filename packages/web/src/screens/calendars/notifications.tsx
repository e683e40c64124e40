import type { Reply } from '@groundlevel/contract-kit'
import { calendars } from '@groundlevel/contracts'
import { Group, MultiSelect, NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useAsk, useSend } from '../../api.js'
import { useListAddress } from '../../parts/list/address.js'
import type { Column } from '../../parts/list/columns.js'
import { onePage } from '../../parts/list/pages.js'
import { useUsers } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from '../settings/collection.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { Removal } from '../settings/removal.js'
import { useCalendars } from './use-events.js'

type Notification = Reply<typeof calendars.notifications.get>

const occasions = {
  booked: 'It is booked',
  confirmation: 'It is confirmed',
  reminder: 'Some time before',
  followup: 'Some time after',
  reschedule: 'It has another time',
  cancellation: 'It is cancelled',
} as const
const receivers = {
  contact: 'The contact',
  assignedUser: 'The person it is with',
  business: 'Chosen people',
  emails: 'E-mail addresses',
  phoneNumbers: 'Phone numbers',
} as const
const channels = { email: 'E-mail', sms: 'SMS', whatsapp: 'WhatsApp', inApp: 'In the portal' } as const
const units = { mins: 'minutes', hours: 'hours', days: 'days', weeks: 'weeks' } as const
const admins = 'sub_account_admin'

const choices = (words: Readonly<Record<string, string>>) => Object.entries(words).map(([value, label]) => ({ value, label }))
const wordIn = (words: Readonly<Record<string, string>>, key: string) => words[key] ?? key

const initialOf = (row: Notification | undefined) => {
  const offset = (row?.notificationType === 'followup' ? row.afterTime : row?.beforeTime)?.[0]
  return {
    notificationType: row?.notificationType ?? ('reminder' as Notification['notificationType']),
    receiverType: row?.receiverType ?? ('contact' as Notification['receiverType']),
    channel: row?.channel ?? ('email' as Notification['channel']),
    amount: offset?.timeOffset ?? 1,
    unit: offset?.unit ?? ('hours' as const),
    subject: row?.subject ?? '',
    body: row?.body ?? '',
    selectedUsers: [...(row?.selectedUsers ?? [])],
    additionalEmailIds: [...(row?.additionalEmailIds ?? [])],
    additionalPhoneNumbers: [...(row?.additionalPhoneNumbers ?? [])],
    isActive: row?.isActive ?? true,
  }
}

type Values = ReturnType<typeof initialOf>

/** What the wire takes; of several times of one notification the first is changed here. */
const bodyOf = ({ amount, unit, ...values }: Values, row: Notification | undefined) => {
  const time = { timeOffset: Number(amount), unit }
  const others = (times: Notification['beforeTime']) => [time, ...(times ?? []).slice(1)]
  return {
    ...values,
    ...(values.notificationType === 'reminder' ? { beforeTime: others(row?.beforeTime) } : {}),
    ...(values.notificationType === 'followup' ? { afterTime: others(row?.afterTime) } : {}),
  }
}

interface FormProps {
  readonly row: Notification | undefined
  readonly calendarId: string
  readonly onClose: () => void
}

type Form = ReturnType<typeof useRecordForm<Values>>['form']

const Receivers = ({ form }: { form: Form }) => {
  const { users } = useUsers()
  const { receiverType, channel } = form.values
  const chosen = [
    { value: admins, label: 'Everybody who runs the sub-account' },
    ...users.map((user) => ({ value: user.id ?? '', label: user.name ?? '' })),
  ]
  return (
    <>
      <Select label="To" data={choices(receivers)} {...form.getInputProps('receiverType')} allowDeselect={false} />
      {receiverType === 'business' && (
        <MultiSelect label="Who" data={chosen} searchable {...form.getInputProps('selectedUsers')} />
      )}
      <Select label="By" data={choices(channels)} {...form.getInputProps('channel')} allowDeselect={false} />
      {channel === 'email' && (
        <TagsInput
          label={receiverType === 'emails' ? 'Addresses' : 'And to these addresses'}
          placeholder="front.desk@example.com"
          {...form.getInputProps('additionalEmailIds')}
        />
      )}
      {(channel === 'sms' || channel === 'whatsapp') && (
        <TagsInput
          label={receiverType === 'phoneNumbers' ? 'Numbers' : 'And to these numbers'}
          placeholder="+1 415 555 0100"
          {...form.getInputProps('additionalPhoneNumbers')}
        />
      )}
    </>
  )
}

const NotificationForm = ({ row, calendarId, onClose }: FormProps) => {
  const { form, options, names } = useRecordForm(initialOf(row))
  const done = () => {
    sayDone('The notification is saved')
    onClose()
  }
  const create = useSend(calendars.notifications.create, done)
  const update = useSend(calendars.notifications.update, done)
  const send = form.onSubmit((values) => {
    const body = bodyOf(values, row)
    if (row) update.mutate({ calendarId, notificationId: row._id, body }, options)
    else create.mutate({ calendarId, body: { notifications: [body] } }, options)
  })
  const { notificationType, channel } = form.values
  const isTimed = notificationType === 'reminder' || notificationType === 'followup'
  return (
    <EditDrawer
      title={row ? 'Edit notification' : 'New notification'}
      failed="The notification was not saved"
      sends={[create, update]}
      names={names}
      onSubmit={send}
      onClose={onClose}
    >
      <Select label="When" data={choices(occasions)} {...form.getInputProps('notificationType')} allowDeselect={false} />
      {isTimed && (
        <Group grow align="flex-start">
          <NumberInput
            label={notificationType === 'reminder' ? 'How long before' : 'How long after'}
            min={0}
            {...form.getInputProps('amount')}
          />
          <Select label="Unit" data={choices(units)} {...form.getInputProps('unit')} allowDeselect={false} />
        </Group>
      )}
      <Receivers form={form} />
      {(channel === 'email' || channel === 'inApp') && (
        <TextInput label="Subject" placeholder="As usual" autoComplete="off" {...form.getInputProps('subject')} />
      )}
      <Textarea
        label="Text"
        description="{{calendar.name}}, {{appointment.start_time}}, {{appointment.user.name}}, {{contact.first_name}} and the like are filled in; to the contact {{appointment.reschedule_link}}, {{appointment.cancellation_link}} and {{appointment.add_to_ical_outlook}} too."
        placeholder="As usual: what, when, where and with whom, and the ways to go on"
        autosize
        minRows={3}
        {...form.getInputProps('body')}
      />
      <Switch label="On" {...form.getInputProps('isActive', { type: 'checkbox' })} />
    </EditDrawer>
  )
}

const RemoveNotification = ({ row, calendarId, onClose }: FormProps & { row: Notification }) => {
  const send = useSend(calendars.notifications.remove)
  return (
    <Removal name="the notification" send={send} input={{ calendarId, notificationId: row._id }} onClose={onClose}>
      Nobody is told this any more, of appointments that are booked already too.
    </Removal>
  )
}

const lengthOf = (amount: number, plural: string) => `${amount} ${amount === 1 ? plural.slice(0, -1) : plural}`

const whenOf = ({ notificationType, beforeTime, afterTime }: Notification) => {
  const times = notificationType === 'reminder' ? beforeTime : notificationType === 'followup' ? afterTime : undefined
  const said = (times ?? []).map(({ timeOffset, unit = 'mins' }) => lengthOf(timeOffset ?? 0, wordIn(units, unit)))
  if (said.length === 0) return occasions[notificationType]
  return `${said.join(' and ')} ${notificationType === 'reminder' ? 'before' : 'after'}`
}
const toOf = ({ receiverType }: Notification) => wordIn(receivers, receiverType)
const byOf = ({ channel }: Notification) => wordIn(channels, channel)

const columns: readonly Column<Notification>[] = [
  { id: 'when', label: 'When', names: true, widthPx: 240, cell: whenOf, text: whenOf },
  { id: 'to', label: 'To', widthPx: 180, cell: toOf, text: toOf },
  { id: 'by', label: 'By', widthPx: 120, cell: byOf, text: byOf },
  {
    id: 'subject',
    label: 'Subject or text',
    widthPx: 220,
    cell: ({ subject, body }) => subject || body || 'As usual',
    text: ({ subject = '' }) => subject,
  },
  {
    id: 'active',
    label: 'State',
    widthPx: 90,
    cell: ({ isActive }) => (isActive ? 'On' : 'Off'),
    text: ({ isActive }) => (isActive ? 'on' : 'off'),
  },
]

/** What is said of appointments of a calendar, when, and to whom. */
export const CalendarNotifications = () => {
  const address = useListAddress()
  const shown = useCalendars().data?.calendars ?? []
  const calendarId = address.get('calendar') || shown[0]?.id || ''
  const found = useAsk(calendars.notifications.list, { calendarId, query: { limit: 100 } }, { enabled: calendarId !== '' })
  return (
    <Collection
      name="calendar-notifications"
      title="Notifications"
      about="What is said of appointments of a calendar, when, and to whom: each once, and of a moved one at its new time."
      noun="notification"
      pages={onePage(found)}
      columns={columns}
      idOf={({ _id }) => _id}
      nameOf={(row) => `${whenOf(row)}, to ${toOf(row)}`}
      words={(row) => `${whenOf(row)} ${toOf(row)} ${byOf(row)} ${row.subject ?? ''}`}
      first="Remind the contact an hour before, for a beginning."
      filters={
        <Select
          aria-label="Calendar"
          data={shown.map(({ id, name }) => ({ value: id, label: name }))}
          value={calendarId || null}
          onChange={(id) => address.set({ calendar: id ?? '' })}
          allowDeselect={false}
          w={200}
        />
      }
      form={calendarId ? (row, close) => <NotificationForm row={row} calendarId={calendarId} onClose={close} /> : undefined}
      removal={(row, close) => <RemoveNotification row={row} calendarId={calendarId} onClose={close} />}
    />
  )
}
