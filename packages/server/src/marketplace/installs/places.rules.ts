import { badRequest, forbidden } from '@groundlevel/contract-kit'
import type { Person, Place } from '../../http/principal.js'
import type { InstallRow } from './installs.sql.js'

const decides: readonly Place['role'][] = ['agency-owner', 'agency-admin']

/** The agency that this person may look after, or a 400 that tells nothing of others. */
export const agencyPlace = (person: Person, companyId: string): Place => {
  const place = person.places.find((each) => each.kind === 'agency' && each.id === companyId)
  if (!place) throw badRequest('Agency not found')
  return place
}

/** The sub-account that this person may enter. */
export const locationPlace = (person: Person, locationId: string): Place => {
  const place = person.places.find((each) => each.kind === 'location' && each.id === locationId)
  if (!place) throw badRequest('Sub-account not found')
  return place
}

/** Whether the person sees the install at all. */
export const seesInstall = (person: Person, install: InstallRow): boolean =>
  person.places.some((place) =>
    place.kind === 'agency' ? place.id === install.companyId : place.kind === 'location' && place.id === install.locationId,
  )

/** An agency's owner and admins remove anything of theirs; a sub-account's users what was added to it alone. */
export const demandRemover = (person: Person, install: InstallRow): void => {
  const agency = person.places.find((place) => place.kind === 'agency' && place.id === install.companyId)
  if (agency && decides.includes(agency.role)) return
  const location = person.places.find((place) => place.kind === 'location' && place.id === install.locationId)
  if (location && install.kind === 'location') return
  throw forbidden('Only an owner or admin of the agency can remove this app.')
}
