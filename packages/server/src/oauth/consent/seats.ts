import type { Person } from '../../http/principal.js'
import type { People } from '../../marketplace/installs/index.js'
import { isWhole, type Seat } from './consent.rules.js'

const companyIdsOf = ({ places }: Person): string[] => [
  ...new Set(
    places.flatMap((place) =>
      place.kind === 'agency' ? [place.id] : place.kind === 'location' && place.companyId ? [place.companyId] : [],
    ),
  ),
]

const seatIn = async (people: People, person: Person, companyId: string): Promise<Seat[]> => {
  const [user, company] = await Promise.all([people.userOf(person.accountId, companyId), people.company(companyId)])
  if (!user || !company) return []
  return [{ companyId, companyName: company.name, userId: user.id, whole: isWhole(user), locationIds: user.locationIds }]
}

/** What a person is in each agency, asked anew: a membership that has ended must not decide. */
export const seatsOf = async (people: People, person: Person): Promise<Seat[]> =>
  (await Promise.all(companyIdsOf(person).map((companyId) => seatIn(people, person, companyId)))).flat()

/** The sub-accounts of a seat, one page of them. */
export const locationsOfSeat = (people: People, seat: Seat, query: string | undefined, limit: number) =>
  people.locationsOfCompany(seat.companyId, {
    ...(query && { query }),
    ...(!seat.whole && { ids: seat.locationIds }),
    limit,
    offset: 0,
  })

/** Whether every one of them is within the seat's reach. */
export const reachesAll = async (people: People, seat: Seat, locationIds: readonly string[]): Promise<boolean> => {
  if (locationIds.length === 0) return true
  if (!seat.whole) return locationIds.every((id) => seat.locationIds.includes(id))
  const { total } = await people.locationsOfCompany(seat.companyId, { ids: locationIds, limit: locationIds.length, offset: 0 })
  return total === locationIds.length
}

const tooMany = 100_000

/** Every sub-account of the agency, for *all of them*. */
export const allLocationIds = async (people: People, seat: Seat): Promise<string[]> =>
  (await people.locationsOfCompany(seat.companyId, { limit: tooMany, offset: 0 })).rows.map((row) => row.id)
