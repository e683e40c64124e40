import { forbidden, unprocessable } from '@groundlevel/contract-kit'
import type { LocationChange } from '../../identity/index.js'

export const demandCompany = (asked: string | undefined, companyId: string): void => {
  if (asked === undefined || asked === companyId) return
  throw forbidden(
    'The token does not have access to this company.',
    `The request is about company ${asked}, to which the token does not belong.`,
  )
}

const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

/** What calendars count in: a name that nobody knows would fail there, where it is hard to find. */
export const demandTimeZone = (timezone: string | null | undefined): void => {
  if (timezone && !isTimeZone(timezone)) throw unprocessable(['timezone must be a valid IANA time zone'])
}

/** Zones by their present names, and UTC, which the list of the language lacks. */
export const timeZones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')]

type Texts = 'phone' | 'email' | 'address' | 'city' | 'state' | 'country' | 'postalCode' | 'website' | 'timezone'

interface Sent extends Pick<LocationChange, Texts | 'settings' | 'social'> {
  readonly name?: string
  readonly prospectInfo?: { readonly firstName: string; readonly lastName: string; readonly email: string }
}

const texts: readonly Texts[] = ['phone', 'email', 'address', 'city', 'state', 'country', 'postalCode', 'website', 'timezone']

/** The sent fields as they are stored: empty text is no text, and whoever the sub-account is for is its person to write to. */
export const changeOf = ({ prospectInfo, name, settings, social, ...sent }: Sent): LocationChange => ({
  ...(prospectInfo && { firstName: prospectInfo.firstName, lastName: prospectInfo.lastName, email: prospectInfo.email }),
  ...Object.fromEntries(texts.filter((key) => sent[key] !== undefined).map((key) => [key, sent[key] || null])),
  ...(name !== undefined && { name }),
  ...(settings && { settings }),
  ...(social && { social }),
})
