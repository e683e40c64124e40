import type { Db } from '../../database/wire.js'
import type { MailTracking } from './tracking/tracking.rules.js'

/** A sub-account as messages show it. */
export interface Place {
  readonly companyId: string
  readonly name: string
}

/** An install of an app that reaches a sub-account. */
export interface AppInstall {
  readonly appId: string
  readonly installId: string
  readonly scopes: readonly string[]
}

export interface Texts {
  readonly body?: string | undefined
  readonly subject?: string | undefined
  readonly html?: string | undefined
}

export interface TextsAbout {
  readonly locationId: string
  readonly contactId: string
  readonly userId?: string | undefined
  readonly now: Date
}

/** An e-mail as a mail server takes it. */
export interface Mail {
  readonly messageId: string
  readonly inReplyTo?: string | undefined
  readonly references?: readonly string[] | undefined
  readonly from: string
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly bcc: readonly string[]
  readonly subject: string
  readonly html?: string | undefined
  readonly text?: string | undefined
  readonly attachments: readonly string[]
  /** Where answers go, and what could not be delivered; absent: to the sender. */
  readonly replyTo?: string | undefined
  /** No person wrote it. */
  readonly automatic?: boolean | undefined
}

/** What a mail server said. `again`: it may take the mail later. */
export interface MailAnswer {
  readonly accepted: boolean
  readonly code: number
  readonly message: string
  readonly again: boolean
  readonly seconds: number
  readonly host: string
}

/** The way to a mail server. */
export interface Mailer {
  /** Never throws. */
  send(mail: Mail): Promise<MailAnswer>
  close(): void
}

/** The change that a sender becomes a contact in. */
export interface SenderWork {
  readonly db: Db
  readonly locationId: string
  readonly companyId: string
  readonly now: Date
}

/** Whoever keeps texts to people who are no contacts. */
export interface StrangerTexts {
  /** What became of one. @returns whether there is such a text */
  settle(db: Db, told: StrangerFate): Promise<boolean>
}

export interface StrangerFate {
  readonly locationId: string
  readonly id: string
  readonly status: 'delivered' | 'failed' | 'pending' | 'read'
  readonly error: string | null
  readonly now: Date
}

/** What this room asks of others; nothing of it may wait for the pool that changes run on. */
export interface TalkPorts {
  addEvent(db: Db, event: TalkEvent): Promise<unknown>
  /** The same event of several records of one tenant, in one statement. */
  addEvents(db: Db, event: Omit<TalkEvent, 'payloadText'>, payloadTexts: readonly string[]): Promise<unknown>
  /** Events were committed. */
  wake(): void
  location(locationId: string): Promise<Place | undefined>
  /** Live installs that reach a sub-account, one an app at most. */
  installsFor(tenant: { readonly companyId: string; readonly locationId: string }): Promise<readonly AppInstall[]>
  /** Puts the contact's values into the texts. @throws WireError 422 for a text that is no template */
  render(db: Db, about: TextsAbout, texts: Texts): Promise<Texts>
  /** The same for many contacts, whose records the caller has: what they have in common is asked for once. */
  rendererOf(
    db: Db,
    about: Omit<TextsAbout, 'contactId' | 'userId'>,
    texts: Texts,
  ): Promise<(contact: Readonly<Record<string, unknown>>) => Promise<Texts>>
  /** Texts of a message template; undefined where there is no such template. */
  template(db: Db, locationId: string, id: string): Promise<(Texts & { readonly attachments: readonly string[] }) | undefined>
  /** Keep what nothing sends in the outbox, as a local start does; else it fails. */
  readonly outbox: boolean
  /** Address that e-mails come from where a message names none. */
  readonly mailFrom: string
  /** What follows the @ of the addresses that mail comes in at; absent: none comes in. */
  readonly mailDomain?: string | undefined
  /** The contact of a sender's address in a change that is under way, made where there is none. @throws WireError 422 where it cannot be one's */
  contactOf?(work: SenderWork, sender: { readonly address: string; readonly name: string }): Promise<string>
  /** Texts to people who are no contacts; absent: there are none. */
  readonly strangers?: StrangerTexts | undefined
  /** Absent: nobody asks whether e-mails are opened. */
  readonly tracking?: MailTracking | undefined
  /** Absent: no mail server is set. */
  readonly mailer?: Mailer | undefined
}

/** An event that this room writes. */
export interface TalkEvent {
  readonly type: string
  readonly companyId: string
  readonly locationId: string
  readonly appId?: string
  readonly installId?: string
  readonly payloadText: string
  readonly traceId: string | null
  readonly now: Date
}
