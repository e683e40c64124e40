import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, sparseRows } from '../../database/wire.js'

const { EmailSchedule } = shapes

export interface ScheduleFilter {
  readonly status?: string | undefined
  readonly emailStatus?: string | undefined
  readonly name?: string | undefined
  readonly parentId?: string | undefined
  readonly archived: boolean
  readonly campaignsOnly: boolean
  readonly limit: number
  readonly offset: number
}

/** Fields of the older campaign store that nothing here fills. */
const unfilled = [
  sql<string>`id`.as('_id'),
  sql<string>`id`.as('documentId'),
  sql<number>`0`.as('childCount'),
  sql<number>`0`.as('__v'),
  sql<string>`'1'`.as('bulkActionVersion'),
  sql<boolean>`false`.as('migrated'),
  sql<string>`''`.as('downloadUrl'),
  sql<string>`''`.as('templateDataDownloadUrl'),
  sql<string[]>`'{}'::text[]`.as('child'),
] as const

const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** E-mail campaigns of one location, newest first. */
export const emailSchedulesOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('emailSchedules').where('locationId', '=', locationId).where('deleted', '=', false)
  const matching = ({ status, emailStatus, name, parentId, archived, campaignsOnly }: ScheduleFilter) => {
    let rows = mine.where('archived', '=', archived)
    if (status) rows = rows.where('status', '=', status)
    if (emailStatus && emailStatus !== 'all') rows = rows.where('emailStatus', '=', emailStatus)
    if (name) rows = rows.where('name', 'ilike', containing(name))
    if (parentId) rows = rows.where('parentId', '=', parentId)
    return campaignsOnly ? rows.where('campaignType', '!=', 'folder') : rows
  }
  return {
    list: async (filter: ScheduleFilter) => {
      const rows = matching(filter).selectAll().select(unfilled).orderBy('createdAt', 'desc').orderBy('id')
      const { n } = await matching(filter)
        .select(({ fn }) => fn.countAll<string>().as('n'))
        .executeTakeFirstOrThrow()
      const page = rows.limit(sql.lit(filter.limit)).offset(sql.lit(filter.offset))
      return { schedules: await sparseRows(db, EmailSchedule, page), total: [String(n)] }
    },
  }
}
