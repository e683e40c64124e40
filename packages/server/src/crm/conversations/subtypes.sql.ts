import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, sparseRows } from '../../database/wire.js'

const { Subtype } = shapes

export interface NewSubtype {
  readonly id: string
  readonly name: string
  readonly description?: string
  readonly channel: 'email' | 'sms'
  readonly language: string
}

export interface SubtypeChange {
  readonly name?: string
  readonly description?: string
  readonly archived?: boolean
  readonly resubscriptionLegalFormId?: string
}

const most = 100
const form = 'resubscriptionLegalFormId as resubscription_legal_form_id' as const

/** Kinds of e-mails of one location. */
export const subtypesOf = (db: Db, locationId: string) => {
  const mine = db.selectFrom('emailSubtypes').where('locationId', '=', locationId)
  return {
    list: () => sparseRows(db, Subtype, mine.selectAll().select(form).orderBy('dateAdded').orderBy('id').limit(sql.lit(most))),
    kinds: () => mine.select(['id', 'name']).where('archived', '=', false).orderBy('dateAdded').limit(sql.lit(most)).execute(),
    isFull: async (): Promise<boolean> => {
      const { n } = await mine.select(({ fn }) => fn.countAll<string>().as('n')).executeTakeFirstOrThrow()
      return Number(n) >= most
    },
    add: (row: NewSubtype, now: Date) => {
      const values = { ...row, locationId, archived: false, dateAdded: now, dateUpdated: now }
      return one(db, Subtype, db.insertInto('emailSubtypes').values(values).returningAll().returning(form))
    },
    change: (id: string, change: SubtypeChange, dateUpdated: Date) => {
      const changed = db.updateTable('emailSubtypes').set({ ...change, dateUpdated })
      const mineAlone = changed.where('locationId', '=', locationId).where('id', '=', id)
      return one(db, Subtype, mineAlone.returningAll().returning(form))
    },
  }
}
