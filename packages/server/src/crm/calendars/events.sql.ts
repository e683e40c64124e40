import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import { theirs } from './assigned.sql.js'
import type { Kind, StoredEvent } from './events.rules.js'
import type { Hold } from './slots.rules.js'
import type { Span } from './windows.rules.js'

const columns = [
  'locationId',
  'id',
  'kind',
  'calendarId',
  'contactId',
  'title',
  'status',
  'assignedUserId',
  'users',
  'address',
  'description',
  'notes',
  'meetingLocationType',
  'meetingLocationId',
  'assignedResources',
  'rrule',
  'masterEventId',
  'source',
  'createdBy',
  'toNotify',
  'startAt',
  'endAt',
  'dateAdded',
  'dateUpdated',
  'sequence',
] as const

const groupId = sql<string | null>`(select c."groupId" from calendars c
  where c."locationId" = "calendarEvents"."locationId" and c.id = "calendarEvents"."calendarId")`.as('groupId')

export type NewEvent = Omit<StoredEvent, 'groupId' | 'locationId' | 'dateUpdated' | 'sequence'>
export type EventChange = Partial<
  Omit<StoredEvent, 'groupId' | 'locationId' | 'id' | 'kind' | 'dateAdded' | 'dateUpdated' | 'sequence'>
>

/** Whom and what an event takes up, and from when to when. */
export interface Taken extends Span {
  readonly holderIds: readonly string[]
}

export interface EventFilter extends Span {
  readonly userId?: string | undefined
  readonly calendarId?: string | undefined
  readonly groupId?: string | undefined
  /** The user who sees no others; absent: all are seen. */
  readonly onlyAssignedTo?: string | undefined
}

const mostEvents = 5000

const whose = ({ userId, calendarId, groupId: group }: EventFilter, locationId: string): RawBuilder<boolean> => {
  const tests: RawBuilder<boolean>[] = []
  if (userId) tests.push(sql<boolean>`("assignedUserId" = ${userId} or users @> array[${userId}]::text[])`)
  if (calendarId) tests.push(sql<boolean>`"calendarId" = ${calendarId}`)
  if (group)
    tests.push(
      sql<boolean>`"calendarId" in (select c.id from calendars c where c."locationId" = ${locationId} and c."groupId" = ${group})`,
    )
  return sql<boolean>`(${sql.join(tests, sql` and `)})`
}

/** Appointments and blocked times of one location. */
export const eventsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('calendarEvents').where('locationId', '=', locationId)
  const one = (id: string, kind?: Kind) => {
    const row = mine.where('id', '=', id).select(columns).select(groupId)
    return kind ? row.where('kind', '=', kind) : row
  }

  return {
    find: (id: string, kind?: Kind): Promise<StoredEvent | undefined> => one(id, kind).executeTakeFirst(),
    lock: (id: string, kind?: Kind): Promise<StoredEvent | undefined> => one(id, kind).forUpdate().executeTakeFirst(),
    /** Whether there is such an appointment; it stays while the transaction runs. */
    hold: (id: string) =>
      mine.select('id').where('id', '=', id).where('kind', '=', 'appointment').forKeyShare().executeTakeFirst(),

    list: (kind: Kind, { onlyAssignedTo: userId, ...filter }: EventFilter): Promise<StoredEvent[]> =>
      (userId === undefined ? mine : mine.where(theirs({ db, locationId, userId })))
        .where('kind', '=', kind)
        .where(whose(filter, locationId))
        .where('startAt', '<', new Date(filter.to))
        .where('endAt', '>', new Date(filter.from))
        .select(columns)
        .select(groupId)
        .orderBy('startAt')
        .orderBy('id')
        .limit(sql.lit(mostEvents))
        .execute(),

    ofContact: (contactId: string): Promise<StoredEvent[]> =>
      mine
        .where('contactId', '=', contactId)
        .select(columns)
        .select(groupId)
        .orderBy('startAt', 'desc')
        .orderBy('id', 'desc')
        .limit(sql.lit(1000))
        .execute(),

    ofCalendar: (calendarId: string): Promise<StoredEvent[]> =>
      mine
        .where('calendarId', '=', calendarId)
        .where('kind', '=', 'appointment')
        .select(columns)
        .select(groupId)
        .orderBy('startAt')
        .execute(),

    add: async (row: NewEvent): Promise<StoredEvent> =>
      db
        .insertInto('calendarEvents')
        .values({ ...row, locationId, dateUpdated: row.dateAdded })
        .returning(columns)
        .returning(groupId)
        .executeTakeFirstOrThrow(),

    change: (id: string, change: EventChange, dateUpdated: Date): Promise<StoredEvent | undefined> =>
      db
        .updateTable('calendarEvents')
        .set({ ...change, dateUpdated, sequence: sql`sequence + 1` })
        .where('locationId', '=', locationId)
        .where('id', '=', id)
        .returning(columns)
        .returning(groupId)
        .executeTakeFirst(),

    remove: (id: string): Promise<StoredEvent | undefined> =>
      db
        .deleteFrom('calendarEvents')
        .where('locationId', '=', locationId)
        .where('id', '=', id)
        .returning(columns)
        .returning(groupId)
        .executeTakeFirst(),

    /** Appointments of a contact go, the newest first where there are more than are told of. */
    removeOfContact: (contactId: string, most: number): Promise<StoredEvent[]> =>
      db
        .deleteFrom('calendarEvents')
        .where('locationId', '=', locationId)
        .where(
          'id',
          'in',
          mine
            .select('id')
            .where('contactId', '=', contactId)
            .where('kind', '=', 'appointment')
            .orderBy('startAt', 'desc')
            .limit(sql.lit(most)),
        )
        .returning(columns)
        .returning(groupId)
        .execute(),

    /** Whom of these a contact was given last in a calendar. */
    lastUser: async (calendarId: string, contactId: string, among: readonly string[]) => {
      const last = await mine
        .select('assignedUserId')
        .where('contactId', '=', contactId)
        .where('calendarId', '=', calendarId)
        .where(sql<boolean>`"assignedUserId" = any(${sql.val(among)}::text[])`)
        .orderBy('startAt', 'desc')
        .limit(sql.lit(1))
        .executeTakeFirst()
      return last?.assignedUserId ?? undefined
    },

    /** How many appointments of a calendar each user was given that are still to come: who has fewest is next. */
    loads: async (calendarId: string, userIds: readonly string[], from: Date): Promise<ReadonlyMap<string, number>> => {
      const rows = await mine
        .select(['assignedUserId', sql<number>`count(*)::int`.as('count')])
        .where('calendarId', '=', calendarId)
        .where(sql<boolean>`"assignedUserId" = any(${sql.val(userIds)}::text[])`)
        .where('startAt', '>=', from)
        .where(sql<boolean>`status not in ('cancelled', 'invalid')`)
        .groupBy('assignedUserId')
        .execute()
      return new Map(rows.map(({ assignedUserId, count }) => [assignedUserId ?? '', count]))
    },
  }
}

interface HoldsWish {
  /** Whose own bookings are told from those of others. */
  readonly calendarId: string
  /** Whether all that was booked in the calendar is wanted, or only what blocks it. */
  readonly bookings: boolean
  /** Left out, since it is being moved. */
  readonly except?: string | undefined
}

const holdOf = (text: string, calendarId: string): Hold => {
  const [from, to, startMs, blocked, own] = text.split(',').map(Number) as [number, number, number, number, number]
  return { from, to, startMs, blocked: blocked === 1, calendarId: own === 1 ? calendarId : null }
}

/** What is taken up in one location. */
export const holdsOf = (db: Db, locationId: string) => ({
  /**
   * Nobody else books any of these until the transaction ends. In the order of their ids, so that two never wait for each
   * other.
   */
  lock: async (holderIds: readonly string[]) => {
    const keys = [...new Set(holderIds)].sort().map((id) => `${locationId}\n${id}`)
    await sql`select pg_advisory_xact_lock(hashtextextended(key, 24)) from unnest(${sql.val(keys)}::text[]) key`.execute(db)
  },

  /**
   * Holds that lie in a span, by holder. One line of text a holder: thousands of them as rows with dates would cost more than
   * finding the free times among them.
   */
  within: async (
    holderIds: readonly string[],
    { from, to }: Span,
    { calendarId, bookings, except }: HoldsWish,
  ): Promise<ReadonlyMap<string, Hold[]>> => {
    const holds = new Map<string, Hold[]>(holderIds.map((id) => [id, []]))
    const ms = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`
    const { rows } = await sql<{ holderId: string; line: string }>`
      select "holderId", string_agg(concat_ws(',', ${ms('fromAt')}, ${ms('toAt')}, ${ms('startAt')}, blocked::int,
        ("calendarId" is not distinct from ${calendarId})::int), ';') as line
      from "calendarHolds"
      where "locationId" = ${locationId} and "holderId" = any(${sql.val(holderIds)}::text[])
        and "toAt" > ${new Date(from)} and "fromAt" < ${new Date(to)}
        ${bookings ? sql`` : sql`and ("holderId" <> ${calendarId} or blocked)`}
        ${except === undefined ? sql`` : sql`and "eventId" <> ${except}`}
      group by "holderId"`.execute(db)
    for (const { holderId, line } of rows)
      holds.set(
        holderId,
        line.split(';').map((text) => holdOf(text, calendarId)),
      )
    return holds
  },

  /** What an event takes up now, and nothing else any more. */
  put: async ({ id, kind, calendarId, startAt }: StoredEvent, taken: Taken | undefined) => {
    await db.deleteFrom('calendarHolds').where('locationId', '=', locationId).where('eventId', '=', id).execute()
    if (!taken || taken.holderIds.length === 0) return
    const rows = [...new Set(taken.holderIds)].map((holderId) => ({
      ...{ locationId, holderId, eventId: id, calendarId, startAt },
      blocked: kind === 'blocked',
      fromAt: new Date(taken.from),
      toAt: new Date(taken.to),
    }))
    await db.insertInto('calendarHolds').values(rows).execute()
  },
})

/** Hands appointments of one contact to another. */
export const moveAppointments = async (db: Db, locationId: string, fromContactId: string, toContactId: string): Promise<void> => {
  await db
    .updateTable('calendarEvents')
    .set({ contactId: toContactId })
    .where('locationId', '=', locationId)
    .where('contactId', '=', fromContactId)
    .execute()
}

/** Appointments of the contact of another room's record, newest first, as a list. */
export const appointmentsOfContact = (locationId: string, contactId: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select coalesce(json_agg(a), '[]') from (
    select id, title, "calendarId", "contactId", status as "appointmentStatus", "assignedUserId",
      iso("startAt") as "startTime", iso("endAt") as "endTime"
    from "calendarEvents" where "locationId" = ${locationId} and "calendarEvents"."contactId" = ${contactId}
    order by "startAt" desc limit ${sql.lit(100)}) a)`
