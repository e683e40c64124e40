import type { Db } from '../../database/wire.js'

export const teamsOf = (db: Db, accountId: string) =>
  db
    .selectFrom('developerMembers')
    .innerJoin('developers', 'developers.id', 'developerMembers.developerId')
    .select(['developers.id', 'developers.name'])
    .where('developerMembers.accountId', '=', accountId)
    .orderBy('developers.dateAdded')
    .execute()

/** Owners and admins act for their agency, and through it for each of its sub-accounts. */
export const agenciesOf = (db: Db, accountId: string) =>
  db
    .selectFrom('users')
    .innerJoin('companies', 'companies.id', 'users.companyId')
    .select(['companies.id', 'companies.name', 'users.isOwner', 'users.id as userId'])
    .where('users.accountId', '=', accountId)
    .where('users.deleted', '=', false)
    .where('users.type', '=', 'agency')
    .where((or) => or.or([or('users.isOwner', '=', true), or('users.role', '=', 'admin')]))
    .orderBy('companies.name')
    .execute()

/** Sub-accounts that somebody was put into; what an owner or admin reaches through the agency is not repeated here. */
export const locationsOfPerson = (db: Db, accountId: string) =>
  db
    .selectFrom('users')
    .innerJoin('userLocations', 'userLocations.userId', 'users.id')
    .innerJoin('locations', 'locations.id', 'userLocations.locationId')
    .select([
      'locations.id',
      'locations.name',
      'locations.companyId',
      'users.role',
      'users.type',
      'users.id as userId',
      'users.permissions',
    ])
    .where('users.accountId', '=', accountId)
    .where('users.deleted', '=', false)
    .where('locations.status', '<>', 'deleted')
    .where((or) => or.or([or('users.type', '=', 'account'), or('users.role', '=', 'user')]))
    .where('users.isOwner', '=', false)
    .orderBy('locations.name')
    .execute()
