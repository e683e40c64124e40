import { DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { events } from './module.js'

const receiverType = t.Enum(['contact', 'guest', 'assignedUser', 'emails', 'phoneNumbers', 'business'])
const channel = t.Enum(['email', 'inApp', 'sms', 'whatsapp'])
const notificationType = t.Enum(['booked', 'confirmation', 'cancellation', 'reminder', 'followup', 'reschedule'])
const texts = t.Optional(t.Array(t.String({ maxLength: 320 }), { maxItems: 100 }))

/** `{timeOffset: 1, unit: 'hours'}`. */
const Offset = t.Object({
  timeOffset: t.Optional(t.Number({ minimum: 0, maximum: 100_000 })),
  unit: t.Optional(t.Enum(['mins', 'minutes', 'hours', 'days', 'weeks', 'months'])),
})
const offsets = t.Optional(t.Array(Offset, { maxItems: 20 }))

const settings = {
  isActive: t.Optional(t.Boolean()),
  templateId: t.Optional(t.String({ maxLength: 50 })),
  body: t.Optional(t.String({ maxLength: 100_000 })),
  subject: t.Optional(t.String({ maxLength: 1000 })),
  afterTime: offsets,
  beforeTime: offsets,
  additionalEmailIds: texts,
  additionalPhoneNumbers: texts,
  additionalWhatsappNumbers: texts,
  selectedUsers: texts,
  fromAddress: t.Optional(t.String({ maxLength: 320 })),
  fromName: t.Optional(t.String({ maxLength: 200 })),
  fromNumber: t.Optional(t.String({ maxLength: 64 })),
}

export const CalendarNotification = t.Object({
  _id: t.String(),
  receiverType,
  channel,
  notificationType,
  ...settings,
  isActive: t.Boolean(),
  deleted: t.Boolean(),
})

const Message = t.Object({ message: t.String() })

export const notifications = events.resource(
  'notifications',
  '/calendars/:calendarId/notifications',
  {
    list: GET('', {
      id: 'get-event-notification',
      summary: 'What is sent about appointments of a calendar, and to whom',
      query: t.Object({
        isActive: t.Optional(t.Boolean()),
        deleted: t.Optional(t.Boolean()),
        limit: t.Default(t.Integer({ minimum: 1, maximum: 100 }), 100),
        skip: t.Default(t.Integer({ minimum: 0, maximum: 1_000_000 }), 0),
      }),
      reply: t.Array(CalendarNotification),
    }),
    create: POST('', {
      id: 'create-event-notification',
      summary: 'Add notifications',
      body: t.Object({
        notifications: t.Array(t.Object({ receiverType, channel, notificationType, ...settings }), {
          minItems: 1,
          maxItems: 100,
        }),
      }),
      list: 'notifications',
      reply: t.Array(CalendarNotification),
    }),
    get: GET('/:notificationId', {
      id: 'find-event-notification',
      summary: 'One notification',
      reply: CalendarNotification,
    }),
    update: PUT('/:notificationId', {
      id: 'update-event-notification',
      summary: 'Change a notification',
      body: t.Object({
        receiverType: t.Optional(receiverType),
        channel: t.Optional(channel),
        notificationType: t.Optional(notificationType),
        ...settings,
        deleted: t.Optional(t.Boolean()),
      }),
      reply: Message,
    }),
    remove: DELETE('/:notificationId', {
      id: 'delete-event-notification',
      summary: 'Delete a notification',
      reply: Message,
    }),
  },
  { reaches: 'none' },
)
