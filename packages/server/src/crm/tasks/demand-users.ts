import { missing } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'

/** People who may be given tasks. */
export interface TaskUsers {
  /** Those of the ids that are users of the sub-account, or of its agency. */
  among(db: Db, locationId: string, ids: readonly string[]): Promise<ReadonlySet<string>>
}

/** Refuses ids that are nobody's in this sub-account; its own id, which apps send where nobody is meant, is let through. */
export const demandUsers = async (
  users: TaskUsers,
  db: Db,
  locationId: string,
  sent: readonly (string | null | undefined)[],
): Promise<void> => {
  const ids = sent.filter((id): id is string => Boolean(id))
  if (ids.length === 0) return
  const known = await users.among(db, locationId, ids)
  if (ids.some((id) => !known.has(id))) throw missing('User')
}
