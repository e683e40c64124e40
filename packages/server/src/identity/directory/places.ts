import type { Db } from '../../database/wire.js'
import type { Place } from '../../http/principal.js'
import { agenciesOf, locationsOfPerson, teamsOf } from './places.sql.js'

/** What an account may act as: developer teams first, then agencies, then sub-accounts. */
export const placesOf = async (db: Db, accountId: string): Promise<readonly Place[]> => {
  const [teams, agencies, locations] = await Promise.all([
    teamsOf(db, accountId),
    agenciesOf(db, accountId),
    locationsOfPerson(db, accountId),
  ])
  return [
    ...teams.map(({ id, name }): Place => ({ kind: 'developer', id, name, role: 'developer' })),
    ...agencies.map(({ id, name, isOwner, userId }): Place => {
      return { kind: 'agency', id, name, role: isOwner ? 'agency-owner' : 'agency-admin', companyId: id, userId }
    }),
    ...locations.map(({ id, name, companyId, role, type, userId, permissions }): Place => {
      const admin = type === 'account' && role === 'admin'
      const limits = (permissions ?? {}) as Readonly<Record<string, unknown>>
      return {
        kind: 'location',
        id,
        name,
        role: admin ? 'location-admin' : 'location-user',
        companyId,
        userId,
        permissions: limits,
      }
    }),
  ]
}
