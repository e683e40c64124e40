import { WireError } from '@groundlevel/contract-kit'
import type { Job } from '../../background/ticker.js'
import type { Db } from '../../database/wire.js'
import { isZone, zoneOf } from '../zones/index.js'
import { calendarsOf } from './calendars.sql.js'
import { eventsOf } from './events.sql.js'
import { type Notification, notificationsOf } from './notifications.sql.js'
import { ownAddresses } from './own-appointment.js'
import { type Audience, audienceOf, type Known, saidOf } from './reminders.rules.js'
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

interface Texts {
  readonly subject?: string | undefined
  readonly body?: string | undefined
  readonly html?: string | undefined
}

/** Something that people who are no contacts are told. */
interface ToTell extends Audience {
  readonly locationId: string
  readonly channel: 'email' | 'sms' | 'whatsapp' | 'inApp'
  readonly from?: string | undefined
  readonly subject: string
  /** HTML of an e-mail, else text. */
  readonly body: string
  readonly appointmentId: string
  readonly contactId: string
  readonly now: Date
}

export interface ReminderParts {
  readonly db: Db
  readonly locations: {
    /** Must not wait for the pool that changes run on. */
    location(
      id: string,
    ): Promise<
      { readonly timezone?: string | null; readonly settings?: { readonly disableContactTimezone?: boolean } } | undefined
    >
  }
  /** A contact's name and zone, read in the transaction that it is given. */
  contactNameAndZone(
    db: Db,
    locationId: string,
    id: string,
  ): Promise<{ readonly name: string | null; readonly timezone: string | null } | undefined>
  /** Must not wait for the pool that changes run on either. */
  userName(id: string): Promise<string | undefined>
  /** Keys of the addresses at which a contact moves and cancels. */
  readonly secret: Buffer
  publicUrl(): string
  /** Sends in the transaction that it is given. @throws WireError where the contact cannot be reached this way */
  sendMessage(db: Db, message: MessageToSend): Promise<unknown>
  /** Tells them in the transaction that it is given. */
  tellPeople(db: Db, told: ToTell): Promise<void>
  /** Puts the contact's values into texts. @throws WireError 422 for a text that is no template */
  render(
    db: Db,
    about: { readonly locationId: string; readonly contactId: string; readonly now: Date },
    texts: Texts,
  ): Promise<Texts>
}

const kinds = { sms: 'SMS', email: 'Email', whatsapp: 'WhatsApp' } as const
const atOnce = 50
const roundsARun = 20

interface Due {
  readonly locationId: string
  readonly eventId: string
  readonly notificationId: string
}

interface Said extends Due {
  readonly now: Date
  readonly notification: Notification
  readonly known: Known
  /** Of the contact, where it has one and the sub-account lets it. */
  readonly contactZone: string
}

/** What is to be said, as long as there is an appointment, and somebody wants it said. */
const saidIn = async (parts: ReminderParts, db: Db, due: Due, now: Date): Promise<Said | undefined> => {
  const { locationId, eventId, notificationId } = due
  const event = await eventsOf(db, locationId).find(eventId, 'appointment')
  if (!event?.calendarId || !event.contactId) return undefined
  const notification = await notificationsOf(db, locationId, event.calendarId).find(notificationId)
  if (!notification?.isActive || notification.deleted) return undefined
  // A server that was off, or a clock that was put forward: nobody is reminded of what has begun.
  if (notification.notificationType === 'reminder' && event.startAt.getTime() <= now.getTime()) return undefined
  const location = await parts.locations.location(locationId)
  const zone = zoneOf(location?.timezone)
  const { name, timezone } = (await parts.contactNameAndZone(db, locationId, event.contactId)) ?? {}
  const isOwnZone = timezone && !location?.settings?.disableContactTimezone && isZone(timezone)
  const known = {
    ...{ event, zone, contactName: name ?? undefined },
    calendar: await calendarsOf(db, locationId).find(event.calendarId),
    withWhom: event.assignedUserId ? await parts.userName(event.assignedUserId) : undefined,
  }
  return { ...due, now, notification, known, contactZone: isOwnZone ? timezone : zone }
}

const linksOf = ({ secret, publicUrl }: ReminderParts, { known: { event }, contactZone }: Said) => {
  const { file, cancel, reschedule } = ownAddresses(secret, event, contactZone)
  const base = publicUrl()
  return { file: `${base}${file}`, cancel: `${base}${cancel}`, reschedule: `${base}${reschedule}` }
}

const sayToContact = async (parts: ReminderParts, db: Db, said: Said) => {
  const { locationId, notification, known, contactZone, now } = said
  if (notification.receiverType !== 'contact' || notification.channel === 'inApp') return
  const { subject, text, html } = saidOf(notification, { ...known, zone: contactZone }, { links: linksOf(parts, said) })
  const about = { locationId, contactId: known.event.contactId ?? '', type: kinds[notification.channel], now }
  const message = notification.channel === 'email' ? { ...about, subject, html } : { ...about, message: text }
  await parts.sendMessage(db, message)
}

const sayToPeople = async (parts: ReminderParts, db: Db, { locationId, notification, known, now }: Said) => {
  const { event } = known
  const audience = audienceOf(notification, event)
  if (audience.userIds.length === 0 && !audience.admins && audience.addresses.length === 0) return
  const contactId = event.contactId ?? ''
  const portal = `${parts.publicUrl()}/portal/sub-account/${locationId}/calendars?appointment=${event.id}`
  const said = saidOf(notification, known, { portal })
  const { channel, fromAddress: from } = notification
  const isMail = channel === 'email'
  const texts = { subject: said.subject, ...(isMail ? { html: said.html } : { body: said.text }) }
  const { subject = '', html, body } = await parts.render(db, { locationId, contactId, now }, texts)
  const told = { ...audience, locationId, channel, from, subject, body: (isMail ? html : body) ?? '' }
  await parts.tellPeople(db, { ...told, appointmentId: event.id, contactId, now })
}

/** Do-not-disturb, a missing number and a broken text are no reason to say the other ones again and again. */
const unlessRefused = async (say: Promise<void>) => {
  try {
    await say
  } catch (error) {
    if (!(error instanceof WireError) || error.status >= 500) throw error
  }
}

const sayOne = async (parts: ReminderParts, db: Db, due: Due, now: Date) => {
  const said = await saidIn(parts, db, due, now)
  if (!said) return
  await unlessRefused(sayToContact(parts, db, said))
  await unlessRefused(sayToPeople(parts, db, said))
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
