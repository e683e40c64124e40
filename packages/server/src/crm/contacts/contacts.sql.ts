import type { Json, Static } from '@groundlevel/contract-kit'
import { shapes } from '@groundlevel/contracts'
import { type SelectQueryBuilder, sql } from 'kysely'
import { countRowsUpTo } from '../../database/count-up-to.js'
import { prepared, preparedFor } from '../../database/prepared.js'
import type { Tables } from '../../database/tables.js'
import { type Db, one, page, preparedOne, preparedPage } from '../../database/wire.js'
import type { Author } from '../../http/author.js'
import { assignedTo } from './assigned.sql.js'
import type { ContactChange } from './contacts.rules.js'
import type { CustomFieldValue } from './custom-fields.rules.js'

const { Contact, ContactCreated, ContactRow } = shapes

export interface NewContact extends ContactChange {
  readonly id: string
  readonly type?: string
  readonly tags: string[]
  readonly customFields: CustomFieldValue[]
  readonly createdBy: Author
  readonly dateAdded: Date
}

/** A contact has one number; as recorded, the list of the others is there all the same. */
export const noPhones = sql<unknown>`'[]'::json`.as('additionalPhones')

/** What single-contact replies have beside the columns. */
export const inOne = [
  sql<string | null>`"contactName"`.as('name'),
  sql<string | null>`email`.as('emailLowerCase'),
  sql<string | null>`lower("contactName")`.as('fullNameLowerCase'),
  sql<boolean>`false`.as('bounceEmail'),
  sql<boolean>`false`.as('unsubscribeEmail'),
  noPhones,
] as const

/** What the reply to a creation has beside those. A date of birth is kept as the wire has it. */
const inCreated = [
  sql<boolean>`false`.as('deleted'),
  sql<Date>`"dateAdded"`.as('lastSessionActivityAt'),
  sql<number | null>`substr("dateOfBirth", 6, 2)::int`.as('birthMonth'),
  sql<number | null>`substr("dateOfBirth", 9, 2)::int`.as('birthDay'),
] as const

/** Columns that rows of lists and searches have as they are stored. */
export const inRows = [
  'id',
  'locationId',
  'firstName',
  'lastName',
  'email',
  'phone',
  'timezone',
  'companyName',
  'dnd',
  'type',
  'source',
  'assignedTo',
  'city',
  'state',
  'country',
  'postalCode',
  'website',
  'tags',
  'dateOfBirth',
  'dateAdded',
  'dateUpdated',
  'customFields',
  'businessId',
  'followers',
  'additionalEmails',
  'contactName',
  'address1',
  'firstNameLowerCase',
  'lastNameLowerCase',
] as const

/** Nothing where the live service has an empty object: programs read on in it. */
export const orEmpty = <N extends string>(name: N) => sql<unknown>`coalesce(${sql.ref(`contacts.${name}`)}, '{}'::jsonb)`.as(name)

export const refusals = [orEmpty('dndSettings'), orEmpty('inboundDndSettings')] as const

/** What rows of lists have beside those. */
export const inRow = [
  sql<unknown>`case
  when "attributionSource" is null then '[]'::jsonb
  when "lastAttributionSource" is null then jsonb_build_array("attributionSource")
  else jsonb_build_array("attributionSource", "lastAttributionSource") end`.as('attributions'),
  ...refusals,
  noPhones,
  sql<string | null>`"firstName"`.as('firstNameRaw'),
  sql<string | null>`"lastName"`.as('lastNameRaw'),
] as const

/** Columns of a change, those among them that no single request field stands for. */
export interface StoredChange extends ContactChange {
  readonly tags?: string[]
  readonly followers?: string[]
  readonly customFields?: CustomFieldValue[]
}

const json = (value: unknown) => (value === undefined || value === null ? null : JSON.stringify(value))

const stored = ({ dndSettings, inboundDndSettings, additionalEmails, ...rest }: ContactChange) => ({
  ...rest,
  ...(dndSettings === undefined ? {} : { dndSettings: json(dndSettings) }),
  ...(inboundDndSettings === undefined ? {} : { inboundDndSettings: json(inboundDndSettings) }),
  ...(additionalEmails === undefined ? {} : { additionalEmails: JSON.stringify(additionalEmails) }),
})

export type ContactJson = Json<Static<typeof Contact>>
export type CreatedJson = Json<Static<typeof ContactCreated>>

/** Where a page begins: after a row, or at an offset; and the order that it is a page of, newest first unless it says otherwise. */
export interface Start {
  /** Without an id: after the last of that moment. */
  readonly after?: { readonly date: Date; readonly id?: string }
  readonly offset?: number
  readonly by?: 'dateAdded' | 'dateUpdated'
  readonly order?: 'asc' | 'desc'
}

const findContact = preparedOne(Contact, (db, locationId: string, id: string) =>
  db.selectFrom('contacts').where('locationId', '=', locationId).selectAll().select(inOne).where('id', '=', id),
)

const firstPage = preparedFor((limit: number) =>
  preparedPage(ContactRow, (db, locationId: string) => ({
    query: db
      .selectFrom('contacts')
      .where('locationId', '=', locationId)
      .select(inRows)
      .select(inRow)
      .orderBy('dateAdded', 'desc')
      .orderBy('id', 'desc')
      .limit(sql.lit(limit)),
    total: totalOf(locationId),
  })),
)

const addToCount = prepared(3, (db, locationId: string, delta: number) =>
  db.insertInto('contactCounts').values({ locationId, delta }),
)

const oldestFirst = <O>(query: SelectQueryBuilder<Tables, 'contacts', O>) =>
  query.orderBy('dateAdded').orderBy('id').limit(sql.lit(1))

const firstBy = preparedFor((field: 'email' | 'phone') =>
  preparedOne(Contact, (db, locationId: string, value: string) =>
    oldestFirst(
      db.selectFrom('contacts').where('locationId', '=', locationId).selectAll().select(inOne).where(field, '=', value),
    ),
  ),
)

/** Contacts of one location; lists and look-ups by a value can be narrowed to those of one user. */
export const contactsOf = (db: Db, locationId: string, onlyAssignedTo?: string) => {
  // Built when it is needed: the busiest calls have a statement of their own.
  const mine = () => {
    const all = db.selectFrom('contacts').where('locationId', '=', locationId)
    return onlyAssignedTo === undefined ? all : all.where(assignedTo(onlyAssignedTo))
  }
  const matching = (query: string | undefined) => (query ? mine().where(textMatch(query)) : mine())
  const inserted = ({ customFields, createdBy, dateAdded, type = 'lead', ...row }: NewContact) =>
    db.insertInto('contacts').values({
      dnd: false,
      additionalEmails: '[]',
      ...stored(row),
      id: row.id,
      tags: row.tags,
      locationId,
      type,
      customFields: json(customFields),
      followers: [],
      createdBy: json(createdBy),
      dateAdded,
      dateUpdated: dateAdded,
    })

  return {
    find: (id: string) => findContact(db, locationId, id),

    /** When it was added or changed. */
    momentOf: async (id: string, by: 'dateAdded' | 'dateUpdated') =>
      (await mine().select([by]).where('id', '=', id).executeTakeFirst())?.[by],

    idOf: async (id: string) => (await mine().select('id').where('id', '=', id).executeTakeFirst())?.id,

    /** The fields that rules decide on, locked until the transaction ends. */
    lock: (id: string) =>
      mine()
        .select(['id', 'tags', 'customFields', 'dnd', 'dndSettings', 'followers', 'email', 'phone', 'country'])
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst(),

    add: (row: NewContact) => one(db, Contact, inserted(row).returningAll().returning(inOne)),

    /** The same, answered as `POST /contacts/` does. */
    create: (row: NewContact) =>
      one(
        db,
        ContactCreated,
        inserted(row)
          .returningAll()
          .returning([...inOne, ...inCreated]),
      ),

    change: (id: string, change: StoredChange, by: Author) =>
      one(
        db,
        Contact,
        db
          .updateTable('contacts')
          .set({
            ...stored(change),
            ...(change.customFields ? { customFields: json(change.customFields) } : {}),
            lastUpdatedBy: json(by),
            dateUpdated: by.timestamp,
          })
          .where('locationId', '=', locationId)
          .where('id', '=', id)
          .returningAll()
          .returning(inOne),
      ),

    /** Its notes go with it. */
    remove: (id: string) =>
      one(
        db,
        Contact,
        db.deleteFrom('contacts').where('locationId', '=', locationId).where('id', '=', id).returningAll().returning(inOne),
      ),

    byField: (field: 'email' | 'phone', value: string) =>
      onlyAssignedTo === undefined
        ? firstBy(field)(db, locationId, value)
        : one(db, Contact, oldestFirst(mine().selectAll().select(inOne).where(field, '=', value))),

    list: async (query: string | undefined, limit: number, { after, offset = 0, by = 'dateAdded', order = 'desc' }: Start) => {
      const usual = by === 'dateAdded' && order === 'desc'
      if (usual && !query && !after && offset === 0 && onlyAssignedTo === undefined) return firstPage(limit)(db, locationId)
      const beyond = sql.raw(order === 'desc' ? '<' : '>')
      const rest = (date: Date, id: string | undefined) =>
        id === undefined
          ? sql<boolean>`${sql.ref(by)} ${beyond} ${date}`
          : sql<boolean>`(${sql.ref(by)}, id) ${beyond} (${date}, ${id})`
      const from = after ? matching(query).where(rest(after.date, after.id)) : matching(query).offset(sql.lit(offset))
      const rows = from.select(inRows).select(inRow).orderBy(by, order).orderBy('id', order).limit(sql.lit(limit))
      if (!query && onlyAssignedTo === undefined) return page(db, ContactRow, rows, { total: totalOf(locationId) })
      const [found, total] = await Promise.all([page(db, ContactRow, rows, { search: true }), countUpTo(db, matching(query))])
      return { ...found, total }
    },

    /**
     * Nobody else can add a contact with one of these values until the transaction ends, and no batch of an
     * import can be written meanwhile. In the order of the values, so that two never wait for each other.
     */
    holdIdentity: async (values: readonly string[]) => {
      const keys = [...values].sort().map((value) => `${locationId}\n${value}`)
      await sql`
        with shared as materialized (select pg_advisory_xact_lock_shared(${locationKey(locationId)}))
        select (select count(*) from shared), pg_advisory_xact_lock(hashtextextended(key, 7)) from unnest(${sql.val(keys)}::text[]) key
      `.execute(db)
    },

    addCount: (delta: number) => addToCount(db, locationId, delta),
  }
}

/** The lock that all who write contacts by e-mail or phone share, and a batch of an import has alone. */
export const locationKey = (locationId: string) => sql`hashtextextended(${`contacts of ${locationId}`}, 7)`

export type Contacts = ReturnType<typeof contactsOf>

/** One and two letters match the beginning of a name, an e-mail or a phone number; more match anywhere. */
export const textMatch = (query: string) => {
  const text = query.trim().toLowerCase()
  const escaped = text.replace(/[\\%_]/g, '\\$&')
  if (text.length >= 3) return sql<boolean>`"searchText" like ${`%${escaped}%`}`
  const start = `${escaped}%`
  return sql<boolean>`("firstNameLowerCase" like ${start} or "lastNameLowerCase" like ${start} or email like ${start} or phone like ${start})`
}

/** The total of a location without counting: the sum of a few folded rows. */
export const totalOf = (locationId: string) =>
  sql<number>`select coalesce(sum(delta), 0)::int from "contactCounts" where "locationId" = ${locationId}`

/** How many contacts a query has (see `countRowsUpTo`). */
export const countUpTo = (db: Db, query: SelectQueryBuilder<Tables, 'contacts', object>): Promise<number> =>
  countRowsUpTo(db, query.select('id'))
