import type { FastifyReply } from 'fastify'
import type { Db } from '../../database/wire.js'
import type { Services } from '../../services.js'
import { storableText } from '../../storable-text.js'
import type { ContactActs } from '../contacts/index.js'
import { messagePage, newNonce, type PageLink, sendPage } from '../public-pages/index.js'
import type { CalendarPorts } from './ports.js'

type BookingEvent = Readonly<Record<'type' | 'companyId' | 'locationId' | 'payloadText', string>> & {
  readonly traceId: null
  readonly now: Date
}

/** What the public pages ask of others. */
export interface BookingPorts extends CalendarPorts {
  readonly contacts: Pick<ContactActs, 'upsert'>
  readonly locations: {
    location(
      id: string,
    ): Promise<{ readonly companyId: string; readonly timezone?: string | null; readonly country?: string | null } | undefined>
  }
  addEvent(db: Db, event: BookingEvent): Promise<unknown>
  /** Events have committed. */
  wake(): void
}

/** What the pages for visitors are made with. */
export type VisitorParts = Pick<Services, 'db' | 'clock' | 'secret'> & { readonly ports: BookingPorts }

export const say = (reply: FastifyReply, status: number, title: string, text: string, links?: readonly PageLink[]) => {
  const nonce = newNonce()
  return sendPage(reply, status, messagePage(title, text, nonce, links), { nonce })
}

/** A field that a visitor sent, as text that a database takes. */
export const textOf = (values: unknown, name: string, most = 400): string => {
  const value = (values as Record<string, unknown> | undefined)?.[name]
  return typeof value === 'string' ? storableText(value, most).trim() : ''
}
