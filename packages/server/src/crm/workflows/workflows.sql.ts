import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { columnsOf, rowsOf } from '../../database/rows.js'
import { type Db, one, page } from '../../database/wire.js'
import type { Action } from './actions.rules.js'
import type { Settings } from './definition.rules.js'
import type { GoalWatch } from './goals.rules.js'
import type { Trigger } from './triggers.rules.js'

const { Workflow, WorkflowRow } = shapes

export interface WorkflowFields {
  readonly name: string
  readonly status: 'draft' | 'published'
  readonly triggers: readonly Trigger[]
  readonly actions: readonly Action[]
  readonly settings: Settings
}

/** A list without paging needs an end. */
const mostWorkflows = 1000

const json = (value: unknown) => (value === undefined ? {} : JSON.stringify(value))

const stored = ({ triggers, actions, settings, ...rest }: Partial<WorkflowFields>) => ({
  ...rest,
  ...(triggers && { triggers: json(triggers) }),
  ...(actions && { actions: json(actions) }),
  ...(settings && { settings: json(settings) }),
})

const triggerColumns = columnsOf<'workflowTriggers'>('locationId', 'workflowId', 'position', 'type', 'trigger', 'token', 'nextAt')

export interface TriggerRow {
  readonly workflowId: string
  readonly position: number
  readonly type: string
  readonly trigger: Trigger | GoalWatch
  readonly token: string | null
  readonly nextAt: Date | null
}

/** Workflows of one location. */
export const workflowsOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('workflows').where('locationId', '=', locationId)
  return {
    list: () =>
      page(
        db,
        WorkflowRow,
        mine
          .select(['id', 'name', 'status', 'version', 'createdAt', 'updatedAt', 'locationId'])
          .orderBy('createdAt', 'desc')
          .orderBy('id', 'desc')
          .limit(sql.lit(mostWorkflows)),
      ),
    find: (id: string) => one(db, Workflow, mine.selectAll().where('id', '=', id)),
    /** What rules decide on, locked until the transaction ends. */
    lock: async (id: string) => {
      const row = await mine.select(['id', 'status', 'triggers', 'settings']).where('id', '=', id).forUpdate().executeTakeFirst()
      return row && { ...row, triggers: row.triggers as readonly Trigger[], settings: row.settings as Settings }
    },
    definition: async (id: string) => {
      const row = await mine.select(['triggers', 'actions']).where('id', '=', id).executeTakeFirst()
      return row && { triggers: row.triggers as readonly Trigger[], actions: row.actions as readonly Action[] }
    },
    add: (id: string, fields: WorkflowFields, now: Date) =>
      one(
        db,
        Workflow,
        db
          .insertInto('workflows')
          .values({
            ...fields,
            triggers: JSON.stringify(fields.triggers),
            actions: JSON.stringify(fields.actions),
            settings: JSON.stringify(fields.settings),
            locationId,
            id,
            version: 1,
            createdAt: now,
            updatedAt: now,
          })
          .returningAll(),
      ),
    change: (id: string, change: Partial<WorkflowFields>, now: Date) =>
      one(
        db,
        Workflow,
        db
          .updateTable('workflows')
          .set({ ...stored(change), version: sql<number>`version + 1`, updatedAt: now })
          .where('locationId', '=', locationId)
          .where('id', '=', id)
          .returningAll(),
      ),
    remove: (id: string) =>
      one(db, Workflow, db.deleteFrom('workflows').where('locationId', '=', locationId).where('id', '=', id).returningAll()),

    /** Whether contacts may be put in; its row stays while the transaction runs. */
    hold: async (id: string) => {
      const row = await mine.select(['id', 'status', 'settings']).where('id', '=', id).forKeyShare().executeTakeFirst()
      return row && { ...row, settings: row.settings as Settings }
    },

    /** The same without waiting for whoever is changing it. */
    holdUnlessBusy: async (id: string) => {
      const free = mine.select(['id', 'status', 'settings']).where('id', '=', id).forKeyShare().skipLocked()
      const row = await free.executeTakeFirst()
      if (row) return { ...row, settings: row.settings as Settings }
      return (await mine.select('id').where('id', '=', id).executeTakeFirst()) ? 'busy' : 'gone'
    },

    /** What is begun by what, while it is published. */
    setTriggers: async (workflowId: string, rows: readonly Omit<TriggerRow, 'workflowId'>[]) => {
      await db.deleteFrom('workflowTriggers').where('locationId', '=', locationId).where('workflowId', '=', workflowId).execute()
      if (rows.length === 0) return
      const all = rows.map((row) => ({ ...row, locationId, workflowId }))
      await sql`insert into "workflowTriggers" (${triggerColumns}) select ${triggerColumns} from ${rowsOf('workflowTriggers', all)}`.execute(
        db,
      )
    },
  }
}

/** What the engine needs of a workflow that it runs. */
export interface RunnableWorkflow {
  readonly locationId: string
  readonly id: string
  readonly name: string
  readonly version: number
  readonly status: string
  readonly actions: readonly Action[]
  readonly settings: Settings
}

/** Workflows by id, of whichever locations: for those who run them and know from the enrolment whose they are. */
export const runnableWorkflows = async (db: Db, ids: readonly string[]): Promise<RunnableWorkflow[]> => {
  const rows = await db
    .selectFrom('workflows')
    .select(['locationId', 'id', 'name', 'version', 'status', 'actions', 'settings'])
    .where(sql<boolean>`id = any(${sql.val(ids)}::uuid[])`)
    .execute()
  return rows.map((row) => ({ ...row, actions: row.actions as Action[], settings: row.settings as Settings }))
}

/** Published triggers of any of the locations and types, with what enrolling must know. */
export const triggersFor = async (db: Db, locationIds: readonly string[], types: readonly string[]) => {
  const rows = await db
    .selectFrom('workflowTriggers as t')
    .innerJoin('workflows as w', (join) => join.onRef('w.locationId', '=', 't.locationId').onRef('w.id', '=', 't.workflowId'))
    .select(['t.locationId', 't.workflowId', 't.type', 't.trigger', 'w.settings'])
    .where(sql<boolean>`t."locationId" = any(${sql.val(locationIds)}::text[])`)
    .where(sql<boolean>`t.type = any(${sql.val(types)}::text[])`)
    .orderBy('t.workflowId')
    .orderBy('t.position')
    .execute()
  return rows.map((row) => ({ ...row, trigger: row.trigger as Trigger | GoalWatch, settings: row.settings as Settings }))
}

export interface PublishedTrigger {
  readonly locationId: string
  readonly workflowId: string
  readonly type: string
  readonly trigger: Trigger
  readonly settings: Settings
}

/** The trigger that a program calls: it has nothing but the token. */
export const triggerByToken = async (db: Db, token: string): Promise<PublishedTrigger | undefined> => {
  const row = await db
    .selectFrom('workflowTriggers as t')
    .innerJoin('workflows as w', (join) => join.onRef('w.locationId', '=', 't.locationId').onRef('w.id', '=', 't.workflowId'))
    .select(['t.locationId', 't.workflowId', 't.type', 't.trigger', 'w.settings'])
    .where('t.token', '=', token)
    .executeTakeFirst()
  return row && { ...row, trigger: row.trigger as Trigger, settings: row.settings as Settings }
}
