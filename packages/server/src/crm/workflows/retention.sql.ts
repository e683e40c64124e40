import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'

/** Forgets the oldest ways that were over before the cutoff, their history and requests with them; who went them stays known. @returns how many */
export const forgetRuns = async (db: Db, cutoff: Date, limit: number): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    with old as (
      select "locationId", id from "workflowEnrolments" where "finishedAt" < ${cutoff}
      order by "finishedAt" limit ${sql.lit(limit)} for update skip locked
    ), gone as (
      delete from "workflowEnrolments" e using old where e."locationId" = old."locationId" and e.id = old.id
      returning e."locationId", e."workflowId", e."contactId", e.status
    ), known as (
      insert into "workflowVisitors" ("locationId", "workflowId", "contactId")
      select distinct "locationId", "workflowId", "contactId" from gone where status <> 'refused' on conflict do nothing
    )
    select count(*)::int as n from gone`.execute(db)
  return rows[0]?.n ?? 0
}

/** The same of requests that told apps of triggers. */
export const forgetCalls = async (db: Db, cutoff: Date, limit: number): Promise<number> => {
  const { numAffectedRows } = await sql`delete from "workflowCalls" where ("locationId", id) in (
    select "locationId", id from "workflowCalls" where "finishedAt" < ${cutoff} and "enrolmentId" is null
    order by "finishedAt" limit ${sql.lit(limit)} for update skip locked)`.execute(db)
  return Number(numAffectedRows ?? 0n)
}
