import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, page } from '../../database/wire.js'
import { idsAssigned } from '../contacts/index.js'
import type { Kind } from './forms.sql.js'

const ofKind = { form: shapes.FormSubmission, survey: shapes.SurveySubmission }

export interface NewSubmission {
  readonly id: string
  readonly formId: string
  readonly contactId: string | null
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly others: object
  readonly createdAt: Date
}

export interface SubmissionFilter {
  readonly onlyAssignedTo?: string | undefined
  readonly formId: string | undefined
  readonly q: string | undefined
  readonly from: Date
  readonly until: Date
  readonly page: number
  readonly limit: number
}

const surveyId = sql<string>`"formId"`.as('surveyId')

/** Submissions of the forms, or of the surveys, of one location. */
export const submissionsOf = <K extends Kind>(db: Db, locationId: string, kind: K) => {
  const shape = ofKind[kind] as (typeof ofKind)[K]
  const mine = db.selectFrom('formSubmissions').where('locationId', '=', locationId).where('kind', '=', kind)
  return {
    list: ({ formId, q, from, until, onlyAssignedTo, page: number, limit }: SubmissionFilter) => {
      let matching = mine.where('createdAt', '>=', from).where('createdAt', '<', until)
      if (onlyAssignedTo !== undefined) matching = matching.where('contactId', 'in', idsAssigned(db, locationId, onlyAssignedTo))
      if (formId !== undefined) matching = matching.where('formId', '=', formId)
      const text = q
        ?.trim()
        .toLowerCase()
        .replace(/[\\%_]/g, '\\$&')
      if (text) matching = matching.where(sql<boolean>`"searchText" like ${`%${text}%`}`)
      const rows = matching.selectAll().select(surveyId).orderBy('createdAt', 'desc').orderBy('id', 'desc')
      return page(db, shape, rows.limit(sql.lit(limit)).offset(sql.lit((number - 1) * limit)), {
        search: true,
        total: sql<number>`${matching.select(sql<number>`count(*)::int`.as('n'))}`,
      })
    },
    find: (id: string) => one(db, shape, mine.selectAll().select(surveyId).where('id', '=', id)),
    remove: (id: string) =>
      db
        .deleteFrom('formSubmissions')
        .where('locationId', '=', locationId)
        .where('kind', '=', kind)
        .where('id', '=', id)
        .returning('id')
        .executeTakeFirst(),
    /** Nothing where it is there already: a page was sent twice. */
    add: ({ others, ...row }: NewSubmission) =>
      one(
        db,
        shape,
        db
          .insertInto('formSubmissions')
          .values({ ...row, locationId, kind, others: JSON.stringify(others) })
          .returningAll()
          .returning(surveyId),
      ),
    exists: async (id: string) => (await mine.select('id').where('id', '=', id).executeTakeFirst()) !== undefined,
  }
}

/** Hands the submissions of one contact to another. */
export const moveSubmissions = async (db: Db, locationId: string, fromContactId: string, toContactId: string): Promise<void> => {
  await db
    .updateTable('formSubmissions')
    .set({ contactId: toContactId })
    .where('locationId', '=', locationId)
    .where('contactId', '=', fromContactId)
    .execute()
}
