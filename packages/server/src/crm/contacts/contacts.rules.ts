import { unprocessable } from '@groundlevel/contract-kit'
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js'
import type { CustomFieldInput } from './custom-fields.rules.js'
import { type DndSettings, dndByChannel } from './dnd.rules.js'

/** Fields as a caller sends them, whichever operation it was. */
export interface ContactInput {
  readonly [field: string]: unknown
  readonly name?: string | null
  readonly firstName?: string | null
  readonly lastName?: string | null
  readonly email?: string | null
  readonly phone?: string | null
  readonly country?: string | null
  readonly dateOfBirth?: string | null
  readonly tags?: readonly string[]
  readonly customFields?: readonly CustomFieldInput[]
  readonly type?: string
  readonly additionalEmails?: readonly AdditionalEmail[]
}

type AdditionalEmail = string | { readonly email: string }

const isEmpty = (value: unknown) => value === undefined || value === null || value === ''

/** The number in E.164, read in that country where it names none itself; undefined for what is no number. */
export const phoneIn = (phone: string, country: string | null | undefined): string | undefined => {
  const parsed = parsePhoneNumberFromString(phone, (country?.length === 2 ? country.toUpperCase() : 'US') as CountryCode)
  return parsed?.isPossible() ? parsed.number : undefined
}

/** E.164 where the number can be read in the contact's or the location's country; what cannot be read stays as it was sent. */
export const toE164 = (phone: string, country: string | null | undefined): string => phoneIn(phone, country) ?? phone.trim()

/** The first word is the first name, the rest the last name. */
export const splitName = (name: string) => {
  const [firstName = '', ...rest] = name.trim().split(/\s+/)
  return { firstName: firstName || null, lastName: rest.join(' ') || null }
}

/** Tags in lower case, without blanks and repetitions. */
export const tidyTags = (tags: readonly string[]): string[] => {
  const tidy = tags.map((each) => each.trim().toLowerCase()).filter((tag) => tag !== '')
  return [...new Set(tidy)]
}

const has = (tags: readonly string[], tag: string) => tags.some((each) => each.toLowerCase() === tag.toLowerCase())

/** Tags after adding some, and which of them are new. */
export const addTags = (before: readonly string[], more: readonly string[]) => {
  const tags = tidyTags([...before, ...more])
  return { tags, tagsAdded: tags.filter((tag) => !has(before, tag)) }
}

/** Tags after taking some off, and which of them were there. */
export const removeTags = (before: readonly string[], fewer: readonly string[]) => ({
  tags: before.filter((tag) => !has(fewer, tag)),
  tagsRemoved: before.filter((tag) => has(fewer, tag)),
})

/** The same for followers, whose ids are taken as they are. */
export const addFollowers = (before: readonly string[], more: readonly string[]) => {
  const followersAdded = [...new Set(more)].filter((id) => !before.includes(id))
  return { followers: [...before, ...followersAdded], followersAdded }
}

export const removeFollowers = (before: readonly string[], fewer: readonly string[]) => ({
  followers: before.filter((id) => !fewer.includes(id)),
  followersRemoved: before.filter((id) => fewer.includes(id)),
})

export const sameTags = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((tag) => b.includes(tag))

const layouts: readonly [RegExp, (match: RegExpExecArray) => [string?, string?, string?]][] = [
  [/^(\d{4})([-/._])(\d{1,2})\2(\d{1,2})(?:T.*)?$/, ([, year, , month, day]) => [year, month, day]],
  [/^(\d{1,2})([-/._])(\d{1,2})\2(\d{4})$/, ([, month, , day, year]) => [year, month, day]],
]

/** A day of birth in one of the eight accepted layouts (year first or last, between - / . or _), as the wire gives it back: midnight in UTC. Undefined where it is no day. */
export const toBirthDate = (text: string): string | undefined => {
  for (const [layout, parts] of layouts) {
    const match = layout.exec(text.trim())
    if (!match) continue
    const [year = '', month = '', day = ''] = parts(match)
    const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T00:00:00.000Z`
    const millis = Date.parse(iso)
    return Number.isNaN(millis) || Number(day) > daysIn(Number(year), Number(month)) ? undefined : iso
  }
  return undefined
}

const daysIn = (year: number, month: number) => {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Columns that hold one text each, as a request sets them. */
export const textFields = [
  'firstName',
  'lastName',
  'timezone',
  'companyName',
  'gender',
  'source',
  'assignedTo',
  'address1',
  'city',
  'state',
  'country',
  'postalCode',
  'website',
] as const

export type TextField = (typeof textFields)[number]

/** Columns that a request sets; absent ones stay as they are. */
export type ContactChange = { [K in TextField]?: string | null } & {
  email?: string | null
  phone?: string | null
  dateOfBirth?: string | null
  dnd?: boolean
  dndSettings?: DndSettings
  inboundDndSettings?: unknown
  type?: string
  additionalEmails?: readonly { readonly email: string }[]
}

/** Names of the tz database that have been asked for, so that each is looked up once. */
const createTimezoneCheck = () => {
  const known = new Map<string, boolean>()
  const look = (name: string) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name })
      return /^[A-Za-z]/.test(name)
    } catch {
      return false
    }
  }
  return (name: string): boolean => {
    const answer = known.get(name) ?? look(name)
    // More names than there are come from somebody who guesses.
    if (known.size < 1000) known.set(name, answer)
    return answer
  }
}

export const isTimezone = createTimezoneCheck()

export const isEmail = (text: string): boolean => /^[^\s@]{1,64}@[^\s@]{1,255}$/.test(text)

const birthDate = (text: string | null) => {
  if (text === null || text === '') return null
  const day = toBirthDate(text)
  if (!day) throw unprocessable(['dateOfBirth must be a day such as 1990-09-25 or 09/25/1990'])
  return day
}

const namesOf = (input: ContactInput) =>
  typeof input.name === 'string' && isEmpty(input.firstName) && isEmpty(input.lastName)
    ? { ...input, ...splitName(input.name) }
    : input

/** As the contract has them: forms, hooks and workflows write too, and an index takes no long text. */
const longest: Readonly<Record<string, number>> = {
  ...{ firstName: 400, lastName: 400, name: 400, email: 320, phone: 64, companyName: 400, website: 2000, source: 500 },
  ...{ address1: 500, city: 200, state: 200, postalCode: 40, country: 100, gender: 40, type: 200, assignedTo: 100 },
}

const demandLengths = (change: ContactChange): void => {
  const problems = Object.entries(change).flatMap(([field, value]) => {
    const most = longest[field]
    if (most === undefined || typeof value !== 'string' || value.length <= most) return []
    return [`${field} must be shorter than or equal to ${most} characters`]
  })
  if (problems.length > 0) throw unprocessable(problems)
}

const toAdditional = (sent: AdditionalEmail) => ({ email: (typeof sent === 'string' ? sent : sent.email).trim().toLowerCase() })

/** What a request sets, in stored form: e-mail lower-cased, phone in E.164, empty text as nothing. */
export const toChange = (sent: ContactInput, locationCountry: string | null): ContactChange => {
  const input = namesOf(sent)
  const change: ContactChange = {}
  for (const field of textFields) {
    const value = input[field] as string | null | undefined
    if (value !== undefined) change[field] = value === null ? null : value.trim() || null
  }
  if (change.timezone && !isTimezone(change.timezone))
    throw unprocessable(['timezone must be a name of the tz database such as America/New_York'])
  if (input.email !== undefined) change.email = input.email?.trim().toLowerCase() || null
  if (change.email && !isEmail(change.email)) throw unprocessable(['email must be an email'])
  if (input.phone !== undefined) change.phone = input.phone ? toE164(input.phone, input.country ?? locationCountry) : null
  if (input.dateOfBirth !== undefined) change.dateOfBirth = birthDate(input.dateOfBirth)
  if (input.dnd !== undefined) change.dnd = input.dnd as boolean
  if (input.dndSettings !== undefined) change.dndSettings = dndByChannel(input.dndSettings as DndSettings)
  if (input.inboundDndSettings !== undefined) change.inboundDndSettings = input.inboundDndSettings
  if (input.type) change.type = input.type
  if (input.additionalEmails) change.additionalEmails = input.additionalEmails.map(toAdditional)
  demandLengths(change)
  return change
}

/** A location's rule for two contacts with one e-mail or phone. */
export interface DuplicatePolicy {
  readonly allowed: boolean
  /** In this order a match is looked for. */
  readonly identifiers: readonly ('email' | 'phone')[]
}

/** The part of a location's settings that contacts obey. */
export interface LocationRules {
  readonly allowDuplicateContact?: boolean
  readonly contactUniqueIdentifiers?: readonly string[]
}

/** Reads the policy out of a location's settings. */
export const policyOf = (settings: LocationRules): DuplicatePolicy => {
  const named = (settings.contactUniqueIdentifiers ?? []).filter(
    (each): each is 'email' | 'phone' => each === 'email' || each === 'phone',
  )
  return { allowed: settings.allowDuplicateContact === true, identifiers: named.length > 0 ? named : ['email', 'phone'] }
}
