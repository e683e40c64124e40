import { badRequest, forbidden, unprocessable } from '@groundlevel/contract-kit'
import { permissionsInEvents } from '@groundlevel/contracts'
import type { Principal } from '../../http/principal.js'
import type { Member } from '../../identity/index.js'

// Who may do what to whom. A sub-account's token works for its sub-account alone; an agency's for all of the agency.

type Role = Pick<Member, 'type' | 'role' | 'isOwner'>

const noLocation = (why: string) => forbidden('The token does not have access to this location.', why)

/** A user of role *user* manages nobody, whichever app or token speaks for them. */
export const demandManager = (caller: Role | undefined): void => {
  if (!caller || caller.isOwner || caller.role === 'admin') return
  throw forbidden('The user behind this token may not manage users.', 'Its role is user; an admin must have made the token.')
}

export const demandPassword = (password: string | undefined): void => {
  if (password === undefined || password === '' || password.length >= 8) return
  throw unprocessable(['password must be longer than or equal to 8 characters'])
}

/** What may be granted: a sub-account's token makes users of that sub-account and never anybody of the agency. */
export const demandGrantable = (
  { locationId }: Principal,
  { type, locationIds }: { readonly type?: 'account' | 'agency'; readonly locationIds?: readonly string[] },
): void => {
  if (locationId === undefined) return
  if (type === 'agency') throw forbidden('A sub-account’s token does not manage users of the agency.')
  const foreign = locationIds?.find((id) => id !== locationId)
  if (foreign !== undefined) throw noLocation(`The token belongs to ${locationId}; the user was to have ${foreign}.`)
}

/** Nobody is in a sub-account without being put there: one of type account would be nowhere. */
export const demandPlace = (type: 'account' | 'agency', locationIds: readonly string[]): void => {
  if (type === 'account' && locationIds.length === 0) throw unprocessable(['locationIds should not be empty'])
}

/** Whether a sub-account's token sees the user as one of its own. */
export const belongsTo = ({ locationId }: Principal, { locationIds }: Pick<Member, 'locationIds'>): boolean =>
  locationId === undefined || locationIds.includes(locationId)

/** The owner is changed by the owner; somebody of the agency, or of other sub-accounts too, by the agency. */
export const demandChangeable = ({ locationId, userId }: Principal, member: Member): void => {
  if (member.isOwner && member.id !== userId) throw forbidden('Only the owner can change the owner of an agency.')
  if (locationId === undefined) return
  if (member.type === 'agency') throw forbidden('A sub-account’s token does not manage users of the agency.')
  if (member.locationIds.some((id) => id !== locationId))
    throw forbidden('The user belongs to other sub-accounts too: only the agency can change them.')
}

export const decides = ({ type, role, isOwner }: Role): boolean => isOwner || (type === 'agency' && role === 'admin')

export const lastDecider = () => badRequest('The last owner or admin of an agency can be neither deleted nor made less.')

export const emailStays = () => badRequest('Email update is no longer supported due to security reasons.')

export const emailTaken = () => badRequest('A user with this email already exists')

interface Shown {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly phone?: string
  readonly extension?: string
  readonly permissions: Readonly<Record<string, boolean | undefined>>
  readonly roles: { readonly type: string; readonly role: string; readonly locationIds: readonly string[] }
}

export interface Announcement {
  readonly payload: Readonly<Record<string, unknown>>
  /** Null: the agency as a whole. */
  readonly locationId: string | null
}

const flagsOf = (permissions: Shown['permissions']) =>
  Object.fromEntries(permissionsInEvents.map((name) => [name, permissions[name] ?? false]))

/** One event for each sub-account of the user, or one for the agency whose user it is. */
export const announcementsOf = (user: Shown, companyId: string, also: readonly string[] = []): readonly Announcement[] => {
  const { id, firstName, lastName, email, phone, extension, permissions, roles } = user
  const payload = { id, firstName, lastName, email, phone, extension, role: roles.role, permissions: flagsOf(permissions) }
  const places = [...new Set([...roles.locationIds, ...also])]
  if (roles.type === 'agency' || places.length === 0)
    return [{ payload: { companyId, ...payload, locations: roles.locationIds }, locationId: null }]
  return places.map((locationId) => ({ payload, locationId }))
}
