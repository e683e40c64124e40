import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { columnsOf, rowsOf, storableJson } from '../../database/rows.js'
import { type Db, one, page } from '../../database/wire.js'
import { contactFaces, idsAssigned } from '../contacts/index.js'
import { countsOf } from './counts.sql.js'

const { Enrolment, WorkflowStep } = shapes

export type EnrolmentStatus = 'active' | 'paused' | 'completed' | 'stopped' | 'removed' | 'failed' | 'refused'

/** A workflow that is begun by what another did, and so on: this often, then it ends. */
export const mostDepth = 10

export const circle = `${mostDepth} workflows have started each other: this one is not started`

export interface NewEnrolment {
  readonly locationId: string
  readonly id: string
  readonly workflowId: string
  readonly contactId: string
  readonly status: 'active' | 'refused'
  readonly depth: number
  readonly trigger: object
  readonly reason: string | null
  readonly startedAt: Date
  /** Not if the contact was ever in it. */
  readonly once: boolean
}

const fields = columnsOf<'workflowEnrolments'>(
  'locationId',
  'id',
  'workflowId',
  'contactId',
  'status',
  'depth',
  'trigger',
  'reason',
  'startedAt',
)

/**
 * Puts contacts into workflows; who is in one already stays as they are.
 *
 * @returns the ids of those that came in
 */
export const addEnrolments = async (db: Db, rows: readonly NewEnrolment[]): Promise<string[]> => {
  if (rows.length === 0) return []
  const once = rows.filter((row) => row.once).map(({ id }) => id)
  const { rows: came } = await sql<{ id: string }>`
    insert into "workflowEnrolments" (${fields}, "dueAt", steps, burst, attempts, vars, "updatedAt", "finishedAt")
    select ${fields}, case when status = 'active' then "startedAt" end, 0, 0, 0, '{}'::json, "startedAt",
      case when status <> 'active' then "startedAt" end
    from ${rowsOf(
      'workflowEnrolments',
      rows.map(({ once: _, ...row }) => row),
    )} r
    where not (r.id = any(${sql.val(once)}::uuid[]) and exists (
      select from "workflowEnrolments" e
      where e."locationId" = r."locationId" and e."contactId" = r."contactId" and e."workflowId" = r."workflowId" and e.status <> 'refused'
      union all select from "workflowVisitors" v
      where v."locationId" = r."locationId" and v."contactId" = r."contactId" and v."workflowId" = r."workflowId"))
    on conflict do nothing returning id`.execute(db)
  return came.map(({ id }) => id)
}

/** Somebody in a workflow to whom happened what a goal of it waits for. */
export interface GoalMark {
  readonly locationId: string
  readonly workflowId: string
  readonly contactId: string
  /** '' where the goal's conditions are to be asked. */
  readonly goal: string
  /** The actions in front of it. */
  readonly from: readonly string[]
}

/**
 * Lets those go on at once for whom a goal lies ahead; the engine leads them there, or back to their wait.
 *
 * @returns how many there are
 */
export const markGoals = async (db: Db, marks: readonly GoalMark[], now: Date): Promise<number> => {
  if (marks.length === 0) return 0
  const { numAffectedRows } = await sql`
    update "workflowEnrolments" e set
      "resumeAt" = case when e.goal is null then e."dueAt" else e."resumeAt" end,
      "dueAt" = ${now}, goal = coalesce(nullif(e.goal, ''), m.goal), "updatedAt" = ${now}
    from (
      select distinct on (m."locationId", m."workflowId", m."contactId", e.id) m.*, e.id
      from jsonb_to_recordset(${storableJson(marks)}::jsonb) m("locationId" text, "workflowId" uuid, "contactId" text, goal text, "from" jsonb)
      join "workflowEnrolments" e on e."locationId" = m."locationId" and e."workflowId" = m."workflowId" and e."contactId" = m."contactId"
        and e.status in ('active', 'paused') and (e."actionId" is null or m."from" ? e."actionId")
      order by m."locationId", m."workflowId", m."contactId", e.id, m.goal desc) m
    where e."locationId" = m."locationId" and e.id = m.id and e.status in ('active', 'paused')
      and (e."actionId" is null or m."from" ? e."actionId")`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

const ended = (status: EnrolmentStatus, reason: string, now: Date) =>
  ({ status, reason, dueAt: null, waitingFor: null, updatedAt: now, finishedAt: now }) as const

/** Those who are in workflows of one location. */
export const enrolmentsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('workflowEnrolments').where('locationId', '=', locationId)
  const changing = db.updateTable('workflowEnrolments').where('locationId', '=', locationId)
  const faces = contactFaces(db, locationId).as('face')
  const shown = mine
    .innerJoin(faces, 'face.faceId', 'workflowEnrolments.contactId')
    .selectAll('workflowEnrolments')
    .select(sql<string | null>`coalesce(face."contactName", face.email, face.phone)`.as('contactName'))
    .select(({ selectFrom }) =>
      selectFrom('workflowSteps as s')
        .select(sql<number>`count(*)::int`.as('n'))
        .whereRef('s.locationId', '=', 'workflowEnrolments.locationId')
        .whereRef('s.enrolmentId', '=', 'workflowEnrolments.id')
        .where('s.outcome', '=', 'failed')
        .as('failedSteps'),
    )
  return {
    list: ({
      workflowId,
      contactId,
      status,
      onlyAssignedTo,
      limit,
      skip,
    }: {
      workflowId?: string
      contactId?: string
      status?: string
      onlyAssignedTo?: string | undefined
      limit: number
      skip: number
    }) => {
      const asked = Object.fromEntries(Object.entries({ workflowId, contactId }).filter(([, value]) => value !== undefined))
      // Written out, so that the index of those that few have is seen.
      const ofStatus = status === undefined ? sql<boolean>`true` : sql<boolean>`status = ${sql.lit(status)}`
      const theirs = sql<boolean>`${onlyAssignedTo === undefined ? sql`true` : sql`"workflowEnrolments"."contactId" in (${idsAssigned(db, locationId, onlyAssignedTo)})`}`
      const matching = mine
        .where((eb) => eb.and(asked))
        .where(ofStatus)
        .where(theirs)
      const isWhole = workflowId !== undefined && contactId === undefined && onlyAssignedTo === undefined
      const total = isWhole
        ? countsOf(db, locationId, workflowId).total(status)
        : sql<number>`${matching.select(sql<number>`count(*)::int`.as('n'))}`
      const rows = shown
        .where((eb) => eb.and(asked))
        .where(ofStatus)
        .where(theirs)
        .orderBy('startedAt', 'desc')
        .orderBy('id', 'desc')
      return page(db, Enrolment, rows.limit(sql.lit(limit)).offset(sql.lit(skip)), {
        search: true,
        total,
      })
    },
    find: (workflowId: string, id: string) => one(db, Enrolment, shown.where('workflowId', '=', workflowId).where('id', '=', id)),
    steps: (enrolmentId: string) =>
      page(
        db,
        WorkflowStep,
        db
          .selectFrom('workflowSteps')
          .selectAll()
          .where('locationId', '=', locationId)
          .where('enrolmentId', '=', enrolmentId)
          .orderBy('number')
          .limit(sql.lit(2000)),
      ),
    /** Takes a contact out of a workflow. */
    remove: (workflowId: string, contactId: string, now: Date) =>
      changing
        .set(ended('removed', 'was taken out', now))
        .where('workflowId', '=', workflowId)
        .where('contactId', '=', contactId)
        .where('status', 'in', ['active', 'paused'])
        .execute(),
    /** Takes contacts out of one workflow, or out of all but one; those whose way somebody else is changing are left as they are. */
    takeOut: async (contactIds: readonly string[], { only, but }: { only: string | undefined; but: string }, now: Date) => {
      const theirs = mine
        .select(['id', 'contactId'])
        .where(sql<boolean>`"contactId" = any(${sql.val(contactIds)}::text[])`)
        .where('status', 'in', ['active', 'paused'])
        .where('workflowId', '<>', but)
      const meant = only === undefined ? theirs : theirs.where('workflowId', '=', only)
      const all = await meant.execute()
      const free = new Set((await meant.orderBy('id').forUpdate().skipLocked().execute()).map(({ id }) => id))
      const busy = new Set(all.filter(({ id }) => !free.has(id)).map(({ contactId }) => contactId))
      const going = all.filter(({ contactId }) => !busy.has(contactId))
      const left = new Map<string, number>()
      for (const { contactId } of going) left.set(contactId, (left.get(contactId) ?? 0) + 1)
      await changing
        .set(ended('removed', 'was taken out by another workflow', now))
        .where(sql<boolean>`id = any(${sql.val(going.map(({ id }) => id))}::uuid[])`)
        .execute()
      return { left, busy }
    },
    /** A workflow that is a draft again stands still, and goes on where it was once it is published. */
    setPaused: (workflowId: string, paused: boolean, now: Date) =>
      changing
        .set({ status: paused ? 'paused' : 'active', updatedAt: now })
        .where('workflowId', '=', workflowId)
        .where('status', '=', paused ? 'active' : 'paused')
        .execute(),
    /** The contact has answered: who waited for that goes on, with `replied` to ask. */
    resumeOnReply: (contactIds: readonly string[], now: Date) =>
      changing
        .set({
          dueAt: now,
          resumeAt: now,
          waitingFor: null,
          vars: sql`(vars::jsonb || '{"replied":true}'::jsonb)::json`,
          updatedAt: now,
        })
        .where(sql<boolean>`"contactId" = any(${sql.val(contactIds)}::text[])`)
        .where('status', '=', 'active')
        .where('waitingFor', '=', 'reply')
        .execute(),
    stopOnReply: (contactIds: readonly string[], now: Date) =>
      changing
        .set(ended('stopped', 'the contact answered', now))
        .where(sql<boolean>`"contactId" = any(${sql.val(contactIds)}::text[])`)
        .where('status', 'in', ['active', 'paused'])
        .where('workflowId', 'in', (eb) =>
          eb
            .selectFrom('workflows')
            .select('id')
            .where('locationId', '=', locationId)
            .where(sql<boolean>`settings->>'stopOnReply' = 'true'`),
        )
        .execute(),
    /** The request that a step waited for has ended. */
    resumeCall: (id: string, actionId: string | null, vars: object, now: Date) =>
      changing
        .set({
          dueAt: now,
          resumeAt: now,
          waitingFor: null,
          actionId,
          vars: sql`(vars::jsonb || ${storableJson(vars)}::jsonb)::json`,
          updatedAt: now,
        })
        .where('id', '=', id)
        .where('waitingFor', '=', 'call')
        .where('status', 'in', ['active', 'paused'])
        .returning('id')
        .executeTakeFirst(),
    /** The action whose answer it waits for. */
    awaiting: (workflowId: string, id: string) =>
      mine
        .select(['id', 'actionId'])
        .where('workflowId', '=', workflowId)
        .where('id', '=', id)
        .where('waitingFor', '=', 'call')
        .forUpdate()
        .executeTakeFirst(),
    workflowOf: async (id: string) => (await mine.select('workflowId').where('id', '=', id).executeTakeFirst())?.workflowId,
    /** The number of a step that is added now; undefined where the enrolment is gone. It is held until the transaction ends. */
    countStep: async (id: string): Promise<number | undefined> => {
      const counted = changing.set({ steps: sql<number>`steps + 1` }).where('id', '=', id).returning('steps')
      return (await counted.executeTakeFirst())?.steps
    },
    /** The number of its last step, likewise. */
    lastStep: async (enrolmentId: string): Promise<number | undefined> => {
      if (!(await mine.select('id').where('id', '=', enrolmentId).forUpdate().executeTakeFirst())) return undefined
      const steps = db.selectFrom('workflowSteps').where('locationId', '=', locationId).where('enrolmentId', '=', enrolmentId)
      return (await steps.select(sql<number>`coalesce(max(number), 0)`.as('n')).executeTakeFirst())?.n ?? 0
    },
  }
}

/** Hands the ways of one contact to another; where both are in a workflow, that of the one that stays goes on. */
export const moveWorkflows = async (db: Db, locationId: string, fromContactId: string, toContactId: string): Promise<void> => {
  await sql`
    update "workflowEnrolments" e set "contactId" = ${toContactId}
    where e."locationId" = ${locationId} and e."contactId" = ${fromContactId}
      and not (e.status in ('active', 'paused') and exists (
        select from "workflowEnrolments" o where o."locationId" = ${locationId} and o."contactId" = ${toContactId}
          and o."workflowId" = e."workflowId" and o.status in ('active', 'paused')))
  `.execute(db)
  await sql`
    insert into "workflowVisitors" ("locationId", "workflowId", "contactId")
    select "locationId", "workflowId", ${toContactId} from "workflowVisitors"
    where "locationId" = ${locationId} and "contactId" = ${fromContactId} on conflict do nothing`.execute(db)
}
