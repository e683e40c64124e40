import { WireError } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import type { ContactUsers } from './ports.js'

/** Why somebody cannot be given a contact. */
export const unknownUser = (id: string): WireError =>
  new WireError(
    400,
    { statusCode: 400, message: 'User not found', error: 'Bad Request' },
    { why: `${JSON.stringify(id)} is no user of this sub-account or of its agency.` },
  )

/** Refuses ids that are nobody's in this sub-account. */
export const demandUsers = async (users: ContactUsers, db: Db, locationId: string, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  const known = await users.among(db, locationId, ids)
  const unknown = ids.find((id) => !known.has(id))
  if (unknown !== undefined) throw unknownUser(unknown)
}
