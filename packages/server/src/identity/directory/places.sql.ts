import type { Db } from '../../database/wire.js'
import type { Place } from '../../http/principal.js'

const developers = async (db: Db, accountId: string): Promise<Place[]> => {
  const rows = await db
    .selectFrom('developerMembers')
    .innerJoin('developers', 'developers.id', 'developerMembers.developerId')
    .select(['developers.id', 'developers.name'])
    .where('developerMembers.accountId', '=', accountId)
    .orderBy('developers.dateAdded')
    .execute()
  return rows.map(({ id, name }) => ({ kind: 'developer', id, name, role: 'developer' }))
}

/** Owners and admins act for their agency, and through it for each of its sub-accounts. */
const agencies = async (db: Db, accountId: string): Promise<Place[]> => {
  const rows = await db
    .selectFrom('users')
    .innerJoin('companies', 'companies.id', 'users.companyId')
    .select(['companies.id', 'companies.name', 'users.isOwner', 'users.id as userId'])
    .where('users.accountId', '=', accountId)
    .where('users.deleted', '=', false)
    .where('users.type', '=', 'agency')
    .where((or) => or.or([or('users.isOwner', '=', true), or('users.role', '=', 'admin')]))
    .orderBy('companies.name')
    .execute()
  return rows.map(({ id, name, isOwner, userId }) => {
    const role = isOwner ? 'agency-owner' : 'agency-admin'
    return { kind: 'agency', id, name, role, companyId: id, userId }
  })
}

/** Sub-accounts that somebody was put into; what an owner or admin reaches through the agency is not repeated here. */
const locations = async (db: Db, accountId: string): Promise<Place[]> => {
  const rows = await db
    .selectFrom('users')
    .innerJoin('userLocations', 'userLocations.userId', 'users.id')
    .innerJoin('locations', 'locations.id', 'userLocations.locationId')
    .select(['locations.id', 'locations.name', 'locations.companyId', 'users.role', 'users.type', 'users.id as userId'])
    .where('users.accountId', '=', accountId)
    .where('users.deleted', '=', false)
    .where((or) => or.or([or('users.type', '=', 'account'), or('users.role', '=', 'user')]))
    .where('users.isOwner', '=', false)
    .orderBy('locations.name')
    .execute()
  return rows.map(({ id, name, companyId, role, type, userId }) => {
    const admin = type === 'account' && role === 'admin'
    return { kind: 'location', id, name, role: admin ? 'location-admin' : 'location-user', companyId, userId }
  })
}

/** What an account may act as: developer teams first, then agencies, then sub-accounts. */
export const placesOf = async (db: Db, accountId: string): Promise<readonly Place[]> => {
  const all = await Promise.all([developers(db, accountId), agencies(db, accountId), locations(db, accountId)])
  return all.flat()
}
