import { type RawBuilder, sql } from 'kysely'
import { columnsOf, rowsOf } from '../../database/rows.js'
import type { Db } from '../../database/wire.js'

/** A delivery that this worker has to itself until its lease ends. */
export interface Claimed {
  readonly id: string
  readonly installId: string | null
  readonly type: string
  readonly test: boolean
  readonly url: string
  readonly body: string
  readonly attempts: number
  readonly manual: boolean
}

export interface Claim {
  readonly owner: string
  readonly now: Date
  /** The most rows to take. */
  readonly limit: number
  /** The most rows to take of one URL. */
  readonly perUrl: number
  /** URLs with requests in flight, and how many more each of them may have. */
  readonly room: ReadonlyMap<string, number>
}

/** Twice the deadline of a request: what holds a row longer is dead, or as good as dead. */
const lease = sql`interval '30 seconds'`

type Tries = 'first' | 'again'

const isOf = (tries: Tries) => (tries === 'first' ? sql`attempts = 0` : sql`attempts > 0`)

const dueRows = (tries: Tries, now: Date, limit: RawBuilder<unknown>, more = sql``) => sql`
  select id, url, "runAt" from deliveries
  where state = 'waiting' and ${isOf(tries)} and "runAt" <= ${now} and ("leaseUntil" is null or "leaseUntil" < clock_timestamp()) ${more}
  order by "runAt", id limit ${limit} for update skip locked`

/**
 * What is due, oldest first. Where URLs are full their rows are not read one by one, for there may be a hundred thousand of
 * them: the index is asked for one URL after the other instead, and for the oldest rows of each that has room.
 */
const due = (tries: Tries, now: Date, full: readonly string[], limit: RawBuilder<unknown>, perUrl: number) => {
  if (full.length === 0) return dueRows(tries, now, limit)
  const nextUrl = (after: RawBuilder<unknown>) => sql`
    select min(url) from deliveries where state = 'waiting' and ${isOf(tries)} and url > ${after}`
  return sql`
    select d.id, d.url, d."runAt" from (
      with recursive urls (url) as ((${nextUrl(sql`''`)}) union all select (${nextUrl(sql`urls.url`)}) from urls where urls.url is not null)
      select url from urls where url is not null and url <> all(${full}::text[])
    ) u cross join lateral (${dueRows(tries, now, sql.lit(perUrl), sql`and url = u.url`)}) d
    order by d."runAt", d.id limit ${limit}`
}

/**
 * Takes what is due, first tries before retries, no more of one URL than it has room for. Leases run by the database's own
 * clock: a jump of the lab clock ends none, and nodes need not agree on the time.
 */
export const claim = async (db: Db, { owner, now, limit, perUrl, room }: Claim): Promise<readonly Claimed[]> => {
  const full = [...room].filter(([, free]) => free <= 0).map(([url]) => url)
  const partly = [...room].filter(([, free]) => free > 0)
  const { rows } = await sql<Claimed>`
    with fresh as (${due('first', now, full, sql.lit(limit), perUrl)}),
    again as (${due('again', now, full, sql`(select ${sql.lit(limit)} - count(*) from fresh)`, perUrl)}),
    ranked as (
      select id, url, row_number() over (partition by url order by retry, "runAt", id) as place
      from (select *, false as retry from fresh union all select *, true from again) as due
    ),
    room as (
      select * from unnest(${partly.map(([url]) => url)}::text[], ${partly.map(([, free]) => free)}::int[]) as r(url, free)
    )
    update deliveries d set "leaseUntil" = clock_timestamp() + ${lease}, "leaseOwner" = ${owner}
    from ranked left join room using (url)
    where d.id = ranked.id and ranked.place <= coalesce(room.free, ${sql.lit(perUrl)})
    returning d.id, d."installId", d.type, d.test, d.url, d.body, d.attempts, d.manual`.execute(db)
  return rows
}

/** One try and where it leaves its delivery. */
export interface Finished {
  readonly delivery: {
    readonly id: string
    readonly state: 'succeeded' | 'waiting' | 'dead'
    readonly attempts: number
    readonly lastStatus: number | null
    readonly lastError: string | null
    readonly lastDurationMs: number
    /** Null leaves it as it was. */
    readonly runAt: Date | null
    readonly finishedAt: Date | null
  }
  readonly attempt: {
    readonly id: string
    readonly deliveryId: string
    readonly number: number
    readonly startedAt: Date
    readonly durationMs: number
    readonly status: number | null
    readonly errorClass: string
    readonly error: string
    readonly requestHeaders: Readonly<Record<string, string>>
    readonly responseHeaders: Readonly<Record<string, string>>
    readonly responseBody: string | null
  }
}

const attemptColumns = columnsOf<'attempts'>(
  'id',
  'deliveryId',
  'number',
  'startedAt',
  'durationMs',
  'status',
  'errorClass',
  'error',
  'requestHeaders',
  'responseHeaders',
  'responseBody',
)

/**
 * Writes tries and what they changed in one statement. A row whose lease went to another worker keeps that worker's word;
 * one that was cancelled meanwhile stays so unless the try got through; deliveries that are gone take their tries with them.
 */
export const finish = async (db: Db, owner: string, finished: readonly Finished[]): Promise<void> => {
  const deliveries = rowsOf(
    'deliveries',
    finished.map((each) => each.delivery),
  )
  const attempts = rowsOf(
    'attempts',
    finished.map((each) => each.attempt),
  )
  await sql`
    with logged as (
      insert into attempts (${attemptColumns}) select ${attemptColumns} from ${attempts} as a
      where exists (select from deliveries d where d.id = a."deliveryId")
      on conflict (id) do nothing
    )
    update deliveries d set
      state = case when d.state = 'cancelled' and x.state <> 'succeeded' then d.state else x.state end,
      attempts = x.attempts, "lastStatus" = x."lastStatus", "lastError" = x."lastError", "lastDurationMs" = x."lastDurationMs",
      "runAt" = coalesce(x."runAt", d."runAt"), "finishedAt" = coalesce(x."finishedAt", d."finishedAt"),
      manual = false, "leaseUntil" = null, "leaseOwner" = null
    from ${deliveries} as x where d.id = x.id and d."leaseOwner" = ${owner}`.execute(db)
}

/** Makes claimed rows due again: they were not sent. */
export const releaseClaims = async (db: Db, owner: string, ids: readonly string[]): Promise<void> => {
  await sql`update deliveries set "leaseUntil" = null, "leaseOwner" = null
    where id = any(${ids}::uuid[]) and "leaseOwner" = ${owner}`.execute(db)
}

/** Ends deliveries whose install went away after they were made. */
export const cancelClaimed = async (db: Db, ids: readonly string[], now: Date): Promise<void> => {
  await sql`update deliveries set state = 'cancelled', "lastError" = 'The app was uninstalled before this was sent.', "finishedAt" = ${now},
    manual = false, "leaseUntil" = null, "leaseOwner" = null where id = any(${ids}::uuid[])`.execute(db)
}

/** Ends what still waits for an install, in the transaction of its uninstall. UNINSTALL itself is still sent. */
export const cancelForInstall = async (db: Db, installId: string, now: Date): Promise<void> => {
  await sql`update deliveries set state = 'cancelled', "lastError" = 'The app was uninstalled before this was sent.', "finishedAt" = ${now}
    where "installId" = ${installId} and state = 'waiting' and type <> 'UNINSTALL'`.execute(db)
}
