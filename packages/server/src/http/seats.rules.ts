import { scopes } from '@groundlevel/contracts'
import type { Person, Place, Principal } from './principal.js'

/** A place that a person wants to act as, from `x-groundlevel-place: location:<id>` or `agency:<companyId>`. */
export interface AskedPlace {
  readonly kind: 'agency' | 'location'
  readonly id: string
}

export const placeIn = (header: string): AskedPlace | undefined => {
  const match = /^(agency|location):([\w-]{1,64})$/.exec(header)
  return match ? { kind: match[1] as AskedPlace['kind'], id: match[2] as string } : undefined
}

/**
 * The person's own place behind the one that they ask for, undefined where they have none: an agency's owner and admins act in
 * each of its sub-accounts, everybody else where they were put.
 */
export const seatIn = (person: Person, { kind, id }: AskedPlace, companyId: string): Place | undefined => {
  const agency = person.places.find((place) => place.kind === 'agency' && place.id === companyId)
  if (agency || kind === 'agency') return agency
  return person.places.find((place) => place.kind === 'location' && place.id === id && place.companyId === companyId)
}

const all = scopes.map(({ name }) => name)
const ofLocations = [...scopes.filter(({ agencyOnly }) => !agencyOnly).map(({ name }) => name), 'locations.write']

/** Which scopes go when the wire's permission of a user is off; a name without a dot takes the whole family and what is below it. */
const withheld: Readonly<Record<string, readonly string[]>> = {
  contactsEnabled: ['contacts', 'businesses', 'locations/tasks'],
  campaignsEnabled: ['campaigns'],
  conversationsEnabled: ['conversations', 'conversation-ai', 'chat-widget'],
  appointmentsEnabled: ['calendars'],
  opportunitiesEnabled: ['opportunities'],
  workflowsEnabled: ['workflows'],
  funnelsEnabled: ['funnels'],
  marketingEnabled: ['emails', 'links'],
  paymentsEnabled: ['payments', 'products', 'charges'],
  invoiceEnabled: ['invoices'],
  phoneCallEnabled: ['phonenumbers', 'numberpools', 'voice-ai-agents', 'voice-ai-agent-goals', 'voice-ai-dashboard'],
  socialPlanner: ['socialplanner'],
  bloggingEnabled: ['blogs'],
  affiliateManagerEnabled: ['affiliate-manager'],
  tagsEnabled: ['locations/tags.write'],
  settingsEnabled: [
    'locations/customFields.write',
    'locations/customValues.write',
    'locations/templates.write',
    'objects/schema.write',
    'custom-menu-link',
  ],
}

const readOnly: Readonly<Record<string, string>> = { campaignsReadOnly: 'campaigns.write', workflowsReadOnly: 'workflows.write' }

const covers = (entry: string, scope: string) =>
  entry === scope || (!entry.includes('.') && (scope.startsWith(`${entry}.`) || scope.startsWith(`${entry}/`)))

/** What a sub-account's user may call: never users and the sub-account itself, and nothing that their permissions exclude. */
const scopesOfUser = (permissions: Readonly<Record<string, unknown>>): string[] => {
  const gone = [
    'users.write',
    'locations.write',
    ...Object.entries(withheld).flatMap(([name, entries]) => (permissions[name] === false ? entries : [])),
    ...Object.entries(readOnly).flatMap(([name, scope]) => (permissions[name] === true ? [scope] : [])),
  ]
  return ofLocations.filter((scope) => !gone.some((entry) => covers(entry, scope)))
}

const scopesAt = ({ kind }: AskedPlace, seat: Place): string[] => {
  if (kind === 'agency') return all
  return seat.role === 'location-user' ? scopesOfUser(seat.permissions ?? {}) : ofLocations
}

/** An owner or admin sees everything, whatever their permissions say. */
const narrowed = ({ role, permissions, userId }: Place) =>
  role === 'location-user' && permissions?.assignedDataOnly === true && userId !== undefined ? { onlyAssignedTo: userId } : {}

/** Who a person is to the API while they act as a place. */
export const sessionPrincipal = ({ accountId }: Person, place: AskedPlace, seat: Place): Principal => ({
  actor: place.kind,
  source: 'session',
  companyId: seat.companyId ?? seat.id,
  ...(place.kind === 'location' ? { locationId: place.id } : {}),
  ...(seat.userId === undefined ? {} : { userId: seat.userId }),
  ...(place.kind === 'location' ? narrowed(seat) : {}),
  accountId,
  tokenId: accountId,
  scopes: new Set(scopesAt(place, seat)),
  bucket: `account:${accountId}:${place.id}`,
})
