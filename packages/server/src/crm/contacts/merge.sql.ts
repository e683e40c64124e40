import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import { textFields } from './contacts.rules.js'

/** Filled from the contact that goes where the one that stays has nothing. */
const filled = [
  ...textFields.filter((name) => name !== 'firstName' && name !== 'lastName'),
  ...['email', 'phone', 'dateOfBirth', 'businessId', 'attributionSource', 'lastAttributionSource'],
]

const ownOr = (column: string) => sql`${sql.ref(column)} = coalesce(k.${sql.ref(column)}, m.${sql.ref(column)})`

/** Two contacts of one location on their way to be one. */
export const pairOf = (db: Db, locationId: string, keptId: string, mergedId: string) => ({
  /** Both, locked in the order of their ids, so that two merges of the same pair do not wait for each other. */
  lock: () =>
    db
      .selectFrom('contacts')
      .select(['id', 'tags', 'followers', 'customFields', 'dnd', 'dndSettings'])
      .where('locationId', '=', locationId)
      .where('id', 'in', [keptId, mergedId])
      .orderBy('id')
      .forUpdate()
      .execute(),

  /** A name is taken whole or not at all: half of each would be nobody. */
  fill: () =>
    sql`
      update contacts k set ${sql.join(filled.map(ownOr))},
        "lastActivity" = greatest(k."lastActivity", m."lastActivity"),
        "firstName" = case when k."contactName" is null then m."firstName" else k."firstName" end,
        "lastName" = case when k."contactName" is null then m."lastName" else k."lastName" end
      from contacts m
      where k."locationId" = ${locationId} and k.id = ${keptId} and m."locationId" = ${locationId} and m.id = ${mergedId}
    `.execute(db),

  moveNotes: () =>
    db
      .updateTable('contactNotes')
      .set({ contactId: keptId })
      .where('locationId', '=', locationId)
      .where('contactId', '=', mergedId)
      .execute(),
})
