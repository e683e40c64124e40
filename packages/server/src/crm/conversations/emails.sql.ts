import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { columnsOf, rowsOf } from '../../database/rows.js'
import { type Db, one } from '../../database/wire.js'
import type { Problem, Route } from './messages.sql.js'

const { Email } = shapes

export interface NewEmail {
  readonly id: string
  readonly messageId: string
  readonly conversationId: string
  readonly contactId: string
  readonly altId: string | null
  readonly subject: string | null
  readonly body: string
  readonly bodyText: string | null
  readonly direction: 'inbound' | 'outbound'
  readonly status: string
  readonly contentType: string
  readonly attachments: string[]
  readonly provider: string
  readonly from: string
  readonly to: string[]
  readonly cc: string[]
  readonly bcc: string[]
  readonly replyToMessageId: string | null
  readonly source: string
  readonly userId: string | null
  readonly conversationProviderId: string | null
  readonly error: Problem | null
  readonly route: Route | null
  readonly scheduledAt: Date | null
  readonly dateAdded: Date
}

/** An e-mail as rules decide on it. */
export interface HeldEmail extends Omit<NewEmail, 'direction' | 'route' | 'error'> {
  readonly direction: string
  readonly route: string | null
  readonly events: unknown
  readonly recipients: unknown
}

export interface EmailChange {
  readonly status?: string
  readonly error?: Problem | null
  readonly events?: object
  readonly recipients?: object
  readonly route?: Route | null
  readonly altId?: string
  readonly provider?: string
}

/** Columns that rules decide on. */
export const heldEmailColumns = [
  'id',
  'messageId',
  'conversationId',
  'contactId',
  'altId',
  'subject',
  'body',
  'bodyText',
  'direction',
  'status',
  'contentType',
  'attachments',
  'provider',
  'from',
  'to',
  'cc',
  'bcc',
  'replyToMessageId',
  'source',
  'userId',
  'conversationProviderId',
  'route',
  'scheduledAt',
  'events',
  'recipients',
  'dateAdded',
] as const

const columnsAdded = columnsOf<'emails'>('locationId', ...heldEmailColumns, 'error', 'dateUpdated')

const json = (value: unknown) => (value === undefined || value === null ? null : JSON.stringify(value))

const stored = ({ error, events, recipients, ...rest }: EmailChange) => ({
  ...rest,
  ...(error === undefined ? {} : { error: json(error) }),
  ...(events === undefined ? {} : { events: json(events) }),
  ...(recipients === undefined ? {} : { recipients: json(recipients) }),
})

const longestThread = 200

/** E-mails of one location. */
export const emailsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('emails').where('locationId', '=', locationId)
  return {
    find: (id: string) => one(db, Email, mine.selectAll().select('messageId as threadId').where('id', '=', id)),
    read: (id: string): Promise<HeldEmail | undefined> => mine.select(heldEmailColumns).where('id', '=', id).executeTakeFirst(),
    hold: (id: string): Promise<HeldEmail | undefined> =>
      mine.select(heldEmailColumns).where('id', '=', id).forUpdate().executeTakeFirst(),
    /** By the id that the sender's mail program or provider gave it. */
    byAltId: (contactId: string, altId: string): Promise<HeldEmail | undefined> =>
      mine
        .select(heldEmailColumns)
        .where('altId', '=', altId)
        .where('contactId', '=', contactId)
        .orderBy('dateAdded', 'desc')
        .limit(sql.lit(1))
        .executeTakeFirst(),
    /** Oldest first. */
    ofThread: (messageId: string): Promise<HeldEmail[]> =>
      mine
        .select(heldEmailColumns)
        .where('messageId', '=', messageId)
        .orderBy('dateAdded')
        .orderBy('id')
        .limit(sql.lit(longestThread))
        .execute(),
    add: async ({ error, ...email }: NewEmail): Promise<void> => {
      await db
        .insertInto('emails')
        .values({ ...email, error: json(error), events: '{}', locationId, dateUpdated: email.dateAdded })
        .execute()
    },
    addAll: async (emails: readonly NewEmail[]): Promise<void> => {
      if (emails.length === 0) return
      const rows = emails.map((email) => ({ ...email, events: {}, locationId, dateUpdated: email.dateAdded }))
      await sql`insert into emails (${columnsAdded}) select ${columnsAdded} from ${rowsOf('emails', rows)}`.execute(db)
    },
    change: async (id: string, change: EmailChange, dateUpdated: Date): Promise<void> => {
      await db
        .updateTable('emails')
        .set({ ...stored(change), dateUpdated })
        .where('locationId', '=', locationId)
        .where('id', '=', id)
        .execute()
    },
    remove: async (id: string): Promise<void> => {
      await db.deleteFrom('emails').where('locationId', '=', locationId).where('id', '=', id).execute()
    },
  }
}
