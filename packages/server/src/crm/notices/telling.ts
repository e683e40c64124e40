import type { Db } from '../../database/wire.js'
import { newId } from '../../ids.js'
import { noticesOf } from './notices.sql.js'
import type { NoticePorts } from './ports.js'
import { staffMessagesOf } from './staff-messages.sql.js'

/** Something that people who are no contacts are told. */
export interface ToTell {
  readonly locationId: string
  readonly channel: 'email' | 'sms' | 'whatsapp' | 'inApp'
  readonly userIds: readonly string[]
  /** All who run the sub-account too. */
  readonly admins: boolean
  /** E-mail addresses or numbers of whoever else is to know. */
  readonly addresses: readonly string[]
  readonly from?: string | undefined
  readonly subject: string
  /** HTML of an e-mail, else text. */
  readonly body: string
  readonly appointmentId?: string
  readonly opportunityId?: string
  /** What is said of a contact goes with the contact. */
  readonly contactId?: string
  readonly now: Date
}

export type TellPeople = (db: Db, told: ToTell) => Promise<void>

const isAddress = (text: string) => /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(text)
const isNumber = (text: string) => /^\+?[\d\s().-]{5,30}$/.test(text)

/** Where a message stands that was just written. */
const standing = ({ mailer, outbox }: NoticePorts, channel: 'email' | 'sms' | 'whatsapp') => {
  if (channel === 'email' && mailer) return { status: 'pending', error: null } as const
  if (outbox) return { status: 'kept', error: null } as const
  const needed =
    channel === 'email'
      ? 'no mail server is set'
      : `no provider of the sub-account sends ${channel} to people who are no contacts`
  return { status: 'failed', error: `Not sent: ${needed}.` } as const
}

type Row = Parameters<ReturnType<typeof staffMessagesOf>['add']>[0][number]

/** Texts that a provider takes wait for its word. */
const texted = async ({ text }: NoticePorts, db: Db, locationId: string, rows: readonly Row[]): Promise<Row[]> => {
  const all: Row[] = []
  for (const row of rows) {
    const { id, channel, to: phone, body, dateAdded: now } = row
    const isTaken = channel === 'sms' && (await text(db, { locationId, id, phone, text: body, now }))
    all.push(isTaken ? { ...row, status: 'pending', error: null } : row)
  }
  return all
}

/**
 * Tells people, in the transaction that it is given: users in the portal, users and addresses by e-mail or phone. Whoever left
 * the sub-account, and what is no address, is passed over; nobody is told twice.
 */
export const tellPeople =
  (ports: NoticePorts): TellPeople =>
  async (db, told) => {
    const { locationId, channel, userIds, admins, addresses, from, subject, body, contactId = null, now } = told
    const users = userIds.length > 0 || admins ? await ports.reached(db, locationId, userIds, admins) : []
    if (channel === 'inApp') {
      const rows = users.map(({ id: userId }) => ({
        id: newId(now),
        userId,
        title: subject,
        body,
        contactId,
        appointmentId: told.appointmentId ?? null,
        opportunityId: told.opportunityId ?? null,
      }))
      return noticesOf(db, locationId).add(rows, now)
    }
    const own = users.map(({ email, phone }) => (channel === 'email' ? email : (phone ?? '')))
    const fits = channel === 'email' ? isAddress : isNumber
    const recipients = [...new Set([...own, ...addresses].map((each) => each.trim()).filter(fits))]
    const shared = { channel, from: from ?? null, subject, body, contactId, dateAdded: now }
    const rows = recipients.map((to) => ({ ...shared, ...standing(ports, channel), id: newId(now), to }))
    await staffMessagesOf(db, locationId).add(await texted(ports, db, locationId, rows))
  }

interface ToUser extends Pick<ToTell, 'locationId' | 'subject' | 'body' | 'contactId' | 'opportunityId' | 'now'> {
  readonly userId: string
}

/** Tells one user in the portal. */
export const tellUser =
  (tell: TellPeople) =>
  (db: Db, { userId, ...told }: ToUser): Promise<void> =>
    tell(db, { ...told, channel: 'inApp', userIds: [userId], admins: false, addresses: [] })
