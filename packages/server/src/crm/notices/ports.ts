import type { Db } from '../../database/wire.js'

/** A mail as a mail server takes it. */
interface StaffMail {
  readonly messageId: string
  readonly from: string
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly bcc: readonly string[]
  readonly subject: string
  readonly html: string
  readonly attachments: readonly string[]
}

/** The way to a mail server. */
export interface StaffMailer {
  /** Never throws. */
  send(mail: StaffMail): Promise<{ readonly accepted: boolean; readonly again: boolean; readonly message: string }>
}

/** A user, and how they are reached outside the portal. */
interface Reached {
  readonly id: string
  readonly email: string
  readonly phone: string | null
}

/** What this room asks of others. */
export interface NoticePorts {
  /** Of the ids those who are users of the sub-account or of its agency; `admins`: and all who run the sub-account. */
  reached(db: Db, locationId: string, ids: readonly string[], admins: boolean): Promise<readonly Reached[]>
  /** Keep what nothing sends, as a local start does; else it fails. */
  readonly outbox: boolean
  readonly mailFrom: string
  /** Hands a text to whoever sends those of the sub-account, in the caller's transaction; false where nobody does. */
  text(
    db: Db,
    text: { readonly locationId: string; readonly id: string; readonly phone: string; readonly text: string; readonly now: Date },
  ): Promise<boolean>
  /** Absent: no mail server is set. */
  readonly mailer?: StaffMailer | undefined
}
