import type { Db } from '../../database/wire.js'
import { locationsOf, usersOf } from '../../identity/index.js'
import { contactRecord } from '../contacts/index.js'
import type { MergePorts } from './merge-fields.js'

interface Directory {
  location(id: string): Promise<{ readonly companyId: string } | undefined>
}

/** Merge fields over the rooms of the product; `lookups` is the pool that may be asked during a change. */
export const mergePorts = (
  lookups: Db,
  directory: Directory,
  linkUrls: MergePorts['linkUrls'] = async () => ({}),
): MergePorts => {
  const companyOf = async (locationId: string) => (await directory.location(locationId))?.companyId
  return {
    linkUrls,
    contact: contactRecord,
    location: async (locationId) => {
      const companyId = await companyOf(locationId)
      return companyId === undefined ? undefined : (await locationsOf(lookups, companyId).find(locationId))?.value
    },
    user: async (db, locationId, id) => {
      const companyId = await companyOf(locationId)
      return companyId === undefined ? undefined : (await usersOf(db, companyId).findIn(id, locationId))?.value
    },
  }
}
