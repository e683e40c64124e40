import { WireError } from '@groundlevel/contract-kit'
import type { Job } from '../../background/ticker.js'
import type { Db } from '../../database/wire.js'
import { zoneOf } from '../zones/index.js'
import { eventsOf } from './events.sql.js'
import { notificationsOf } from './notifications.sql.js'
import type { CalendarPorts } from './ports.js'
import { saidOf } from './reminders.rules.js'
import { takeDue } from './reminders.sql.js'

/** A message to a contact. */
interface MessageToSend {
  readonly locationId: string
  readonly contactId: string
  readonly type: 'SMS' | 'Email' | 'WhatsApp'
  readonly message?: string
  readonly html?: string
  readonly subject?: string
  readonly now: Date
}

export interface ReminderParts extends Pick<CalendarPorts, 'locations'> {
  readonly db: Db
  /** Sends in the transaction that it is given. @throws WireError where the contact cannot be reached this way */
  sendMessage(db: Db, message: MessageToSend): Promise<unknown>
}

const kinds = { sms: 'SMS', email: 'Email', whatsapp: 'WhatsApp' } as const
const atOnce = 50
const roundsARun = 20

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const asHtml = (text: string) =>
  /<\w+[^>]*>/.test(text) ? text : `<p>${text.replace(/[&<>]/g, (each) => escapes[each] ?? each).replace(/\n/g, '<br>')}</p>`

interface Due {
  readonly locationId: string
  readonly eventId: string
  readonly notificationId: string
}

/** The message that a reminder is, as long as there is something to say and somebody to say it to. */
const messageOf = async ({ locations }: ReminderParts, db: Db, { locationId, eventId, notificationId }: Due, now: Date) => {
  const event = await eventsOf(db, locationId).find(eventId, 'appointment')
  if (!event?.calendarId || !event.contactId) return undefined
  const notification = await notificationsOf(db, locationId, event.calendarId).find(notificationId)
  if (!notification?.isActive || notification.deleted || notification.receiverType !== 'contact') return undefined
  if (notification.channel === 'inApp') return undefined
  const zone = zoneOf((await locations.location(locationId))?.timezone)
  const { subject, text } = saidOf(notification, event, zone)
  const about = { locationId, contactId: event.contactId, type: kinds[notification.channel], now }
  return notification.channel === 'email' ? { ...about, subject, html: asHtml(text) } : { ...about, message: text }
}

/** Do-not-disturb and a missing number are no reason to say the other ones again and again. */
const sayOne = async (parts: ReminderParts, db: Db, due: Due, now: Date) => {
  const message = await messageOf(parts, db, due, now)
  if (!message) return
  try {
    await parts.sendMessage(db, message)
  } catch (error) {
    if (!(error instanceof WireError) || error.status >= 500) throw error
  }
}

const round = (parts: ReminderParts, now: Date): Promise<number> =>
  parts.db.transaction().execute(async (db) => {
    const due = await takeDue(db, now, atOnce)
    for (const each of due) await sayOne(parts, db, each, now)
    return due.length
  })

/**
 * Says what is due of appointments: reminders, confirmations, follow-ups. A reminder and its message are one transaction, so
 * that one who was killed has said it once or will.
 */
export const reminderJob = (parts: ReminderParts): Job => ({
  name: 'appointment reminders',
  everyMs: 2000,
  run: async (now) => {
    for (let rounds = 0; rounds < roundsARun; rounds++) if ((await round(parts, now)) < atOnce) return
  },
})
