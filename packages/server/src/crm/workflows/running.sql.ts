import { sql } from 'kysely'
import { columnsOf, rowsOf } from '../../database/rows.js'
import type { Db } from '../../database/wire.js'
import { countSteps } from './counts.sql.js'
import type { EnrolmentStatus } from './enrolments.sql.js'

/** An enrolment as it is run. */
export interface Running {
  readonly locationId: string
  readonly id: string
  readonly workflowId: string
  readonly contactId: string
  readonly actionId: string | null
  readonly waitingFor: string | null
  readonly depth: number
  readonly steps: number
  readonly burst: number
  readonly attempts: number
  readonly trigger: Readonly<Record<string, unknown>>
  readonly vars: Readonly<Record<string, unknown>>
  readonly startedAt: Date
  /** The goal that was reached, '' where it is to be looked; null: nothing was said of goals. */
  readonly goal: string | null
  /** Of those: when it would go on without. */
  readonly resumeAt: Date | null
}

export const anyDue = async (db: Db, now: Date): Promise<boolean> => {
  const due = db.selectFrom('workflowEnrolments').select('id').where('status', '=', 'active').where('dueAt', '<=', now)
  return (await due.limit(sql.lit(1)).executeTakeFirst()) !== undefined
}

/** Locks those that have been due longest; another worker takes the next ones. */
export const takeDue = async (transaction: Db, now: Date, limit: number): Promise<Running[]> => {
  const rows = await transaction
    .selectFrom('workflowEnrolments')
    .select([
      'locationId',
      'id',
      'workflowId',
      'contactId',
      'actionId',
      'waitingFor',
      'depth',
      'steps',
      'burst',
      'attempts',
      'trigger',
      'vars',
      'startedAt',
      'goal',
      'resumeAt',
    ])
    .where('status', '=', 'active')
    .where('dueAt', '<=', now)
    .orderBy('dueAt')
    .orderBy('id')
    .limit(sql.lit(limit))
    .forUpdate()
    .skipLocked()
    .execute()
  return rows as Running[]
}

/** Where an enrolment is after its steps. */
export interface Moved {
  readonly locationId: string
  readonly id: string
  readonly status: EnrolmentStatus
  readonly actionId: string | null
  readonly dueAt: Date | null
  readonly waitingFor: string | null
  readonly steps: number
  readonly burst: number
  readonly attempts: number
  readonly vars: object
  readonly reason: string | null
  readonly updatedAt: Date
  readonly finishedAt: Date | null
  readonly goal: string | null
  readonly resumeAt: Date | null
}

const movable = [
  'status',
  'actionId',
  'dueAt',
  'waitingFor',
  'steps',
  'burst',
  'attempts',
  'vars',
  'reason',
  'updatedAt',
  'finishedAt',
  'goal',
  'resumeAt',
] as const

export const moveAll = async (db: Db, rows: readonly Moved[]): Promise<void> => {
  if (rows.length === 0) return
  const set = sql.join(movable.map((name) => sql`${sql.ref(name)} = r.${sql.ref(name)}`))
  await sql`update "workflowEnrolments" e set ${set} from ${rowsOf('workflowEnrolments', rows)} r
    where e."locationId" = r."locationId" and e.id = r.id`.execute(db)
}

export interface StepRow {
  readonly locationId: string
  readonly workflowId: string
  readonly enrolmentId: string
  readonly number: number
  readonly actionId: string | null
  readonly type: string
  readonly outcome: string
  readonly reason: string
  readonly at: Date
}

const stepColumns = columnsOf<'workflowSteps'>(
  'locationId',
  'enrolmentId',
  'number',
  'actionId',
  'type',
  'outcome',
  'reason',
  'at',
)

export const addSteps = async (db: Db, rows: readonly StepRow[]): Promise<void> => {
  if (rows.length === 0) return
  await sql`insert into "workflowSteps" (${stepColumns}) select ${stepColumns} from ${rowsOf('workflowSteps', rows)}`.execute(db)
  await countSteps(db, rows)
}
