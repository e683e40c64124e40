import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, page } from '../../database/wire.js'
import type { Author } from '../../http/author.js'
import type { Action } from './actions.rules.js'
import type { Settings } from './definition.rules.js'
import type { Trigger } from './triggers.rules.js'

const { WorkflowVersion, WorkflowVersionWhole } = shapes

/** Older ones are forgotten. */
const mostVersions = 100

/** What a workflow was in a version. */
export interface Kept {
  readonly triggers: readonly Trigger[]
  readonly actions: readonly Action[]
  readonly settings: Settings
}

/** Versions of one workflow. */
export const versionsOf = (db: Db, locationId: string, workflowId: string) => {
  const mine = db
    .selectFrom('workflowVersions')
    .where('locationId', '=', locationId)
    .where('workflowId', '=', sql<string>`${workflowId}::uuid`)
  return {
    /** Keeps the workflow as it is; a version that is kept already stays. */
    keep: async (author: Author | null) => {
      await sql`
        insert into "workflowVersions" ("locationId", "workflowId", version, name, status, triggers, actions, settings, "createdAt", "createdBy")
        select "locationId", id, version, name, status, triggers, actions, settings, "updatedAt", ${author && JSON.stringify(author)}::json
        from workflows where "locationId" = ${locationId} and id = ${workflowId}::uuid
        on conflict do nothing`.execute(db)
    },
    /** Forgets what is older than the newest hundred, this one being the newest. */
    forgetBefore: (newest: number) =>
      db
        .deleteFrom('workflowVersions')
        .where('locationId', '=', locationId)
        .where('workflowId', '=', workflowId)
        .where('version', '<=', newest - mostVersions)
        .execute(),
    list: ({ limit, skip }: { readonly limit: number; readonly skip: number }) =>
      page(
        db,
        WorkflowVersion,
        mine
          .select(['version', 'name', 'status', 'createdAt', 'createdBy'])
          .orderBy('version', 'desc')
          .limit(sql.lit(limit))
          .offset(sql.lit(skip)),
        { search: true, total: sql<number>`${mine.select(sql<number>`count(*)::int`.as('n'))}` },
      ),
    find: (version: number) => one(db, WorkflowVersionWhole, mine.selectAll().where('version', '=', version)),
    definition: async (version: number): Promise<Kept | undefined> => {
      const row = await mine.select(['triggers', 'actions', 'settings']).where('version', '=', version).executeTakeFirst()
      return row as Kept | undefined
    },
  }
}
