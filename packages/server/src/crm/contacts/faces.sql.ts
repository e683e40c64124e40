import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import { textMatch } from './contacts.sql.js'

/** What other rooms show of the contacts of a location beside their own rows: a part of a query. */
export const contactFaces = (db: Db, locationId: string) =>
  db
    .selectFrom('contacts')
    .where('locationId', '=', locationId)
    .select(['id as faceId', 'contactName', 'companyName', 'email', 'phone', 'tags', 'assignedTo', 'followers'])

/** Ids of the contacts of a location that a text is found in: a part of a query. */
export const contactIdsMatching = (db: Db, locationId: string, query: string) =>
  db
    .selectFrom('contacts')
    .select('id')
    .where('locationId', '=', locationId)
    .where(sql<boolean>`${textMatch(query)}`)

/** Ids of the contacts of a location that are somebody's: a part of a query. Empty lists ask for nothing in particular. */
export const contactIdsOfUsers = (
  db: Db,
  locationId: string,
  { assignedTo, followers }: { readonly assignedTo: readonly (string | null)[]; readonly followers: readonly string[] },
) => {
  let ids = db.selectFrom('contacts').select('id').where('locationId', '=', locationId)
  const named = sql.val(assignedTo.filter((id) => id !== null))
  const nobody = sql<boolean>`${assignedTo.includes(null)}::boolean and "assignedTo" is null`
  if (assignedTo.length > 0) ids = ids.where(sql<boolean>`("assignedTo" = any(${named}::text[]) or ${nobody})`)
  if (followers.length > 0) ids = ids.where(sql<boolean>`followers && ${sql.val(followers)}::text[]`)
  return ids
}

export interface ContactWishes {
  readonly locationId: string
  readonly id: string
  readonly dnd: boolean
  readonly dndSettings: unknown
}

/** How these contacts want to be reached, of whichever location each is; in one question for a whole batch. */
export const contactWishes = async (
  db: Db,
  contacts: readonly { readonly locationId: string; readonly contactId: string }[],
): Promise<ContactWishes[]> => {
  const pairs = sql`select * from unnest(${sql.val(contacts.map(({ locationId }) => locationId))}::text[],
    ${sql.val(contacts.map(({ contactId }) => contactId))}::text[])`
  return db
    .selectFrom('contacts')
    .select(['locationId', 'id', 'dnd', 'dndSettings'])
    .where(sql<boolean>`("locationId", id) in (${pairs})`)
    .execute()
}

/**
 * What a contact has asked for of a channel by a message: kept beside what the others are set to. `permanent` is the
 * sub-account's own word and stays. No event tells of it (wire-contract §5.4).
 */
export const wishForChannel = async (
  db: Db,
  { locationId, contactId }: { readonly locationId: string; readonly contactId: string },
  channel: string,
  setting: { readonly status: 'active' | 'inactive'; readonly message: string; readonly code: string },
): Promise<void> => {
  const set = JSON.stringify({ [channel]: setting })
  await db
    .updateTable('contacts')
    .set({ dndSettings: sql`coalesce("dndSettings", '{}'::jsonb) || ${set}::jsonb` })
    .where('locationId', '=', locationId)
    .where('id', '=', contactId)
    .where(sql<boolean>`"dndSettings"->${channel}::text->>'status' is distinct from 'permanent'`)
    .execute()
}
