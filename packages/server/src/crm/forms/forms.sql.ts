import type { Static } from '@groundlevel/contract-kit'
import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, page } from '../../database/wire.js'
import type { Field, Settings } from './fields.rules.js'

const { Form, FormRow } = shapes

export type Kind = 'form' | 'survey'

export interface NewForm {
  readonly id: string
  readonly name: string
  readonly fields: readonly Field[]
  readonly settings: Settings
  readonly dateAdded: Date
}

export interface FormChange {
  readonly name?: string
  readonly fields?: readonly Field[]
  readonly settings?: Settings
}

const stored = ({ name, fields, settings }: FormChange) => ({
  ...(name === undefined ? {} : { name }),
  ...(fields === undefined ? {} : { fields: JSON.stringify(fields) }),
  ...(settings === undefined ? {} : { settings: JSON.stringify(settings) }),
})

/** Forms or surveys of one location. */
export const formsOf = (db: Db, locationId: string, kind: Kind) => {
  const mine = db.selectFrom('forms').where('locationId', '=', locationId).where('kind', '=', kind)
  return {
    list: (limit: number, skip: number) =>
      page(
        db,
        FormRow,
        mine.selectAll().orderBy('dateAdded', 'desc').orderBy('id', 'desc').limit(sql.lit(limit)).offset(sql.lit(skip)),
        { total: sql<number>`${mine.select(sql<number>`count(*)::int`.as('n'))}` },
      ),
    find: (id: string) => one(db, Form, mine.selectAll().where('id', '=', id)),
    add: ({ id, dateAdded, ...rest }: NewForm) =>
      one(
        db,
        Form,
        db
          .insertInto('forms')
          .values({
            ...rest,
            fields: JSON.stringify(rest.fields),
            settings: JSON.stringify(rest.settings),
            locationId,
            id,
            kind,
            dateAdded,
            dateUpdated: dateAdded,
          })
          .returningAll(),
      ),
    change: (id: string, change: FormChange, dateUpdated: Date) =>
      one(
        db,
        Form,
        db
          .updateTable('forms')
          .set({ ...stored(change), dateUpdated })
          .where('locationId', '=', locationId)
          .where('kind', '=', kind)
          .where('id', '=', id)
          .returningAll(),
      ),
    remove: (id: string) =>
      one(
        db,
        Form,
        db.deleteFrom('forms').where('locationId', '=', locationId).where('kind', '=', kind).where('id', '=', id).returningAll(),
      ),
  }
}

/** A form as its public page needs it. */
export interface PublicForm {
  readonly locationId: string
  readonly id: string
  readonly kind: Kind
  readonly name: string
  readonly fields: readonly Field[]
  readonly settings: Settings
}

/** Whosever it is: who opens a public page has nothing but the id. */
export const formById = async (db: Db, id: string): Promise<PublicForm | undefined> => {
  const row = await db
    .selectFrom('forms')
    .select(['locationId', 'id', 'kind', 'name', 'fields', 'settings'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { ...row, fields: row.fields as Field[], settings: row.settings as Settings }
}

export type FormRecord = Static<typeof Form>
