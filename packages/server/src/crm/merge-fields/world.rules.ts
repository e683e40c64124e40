import type { FieldDefinition } from '../custom-fields/index.js'

/** Values by name; a name that is not there renders as nothing. */
export type Values = Readonly<Record<string, unknown>>

/** What the fields of a template are looked up in. */
export interface World {
  readonly contact: Values
  readonly user: Values
  readonly location: Values
  readonly custom_values: Values
  readonly trigger_link: Values
  readonly right_now: Values
}

/** A record as the wire has it; every field may be absent. */
export interface WireRecord {
  readonly [field: string]: unknown
}

/** What is no word has none: an object from elsewhere may call a part of itself `toString`. */
const text = (value: unknown): string => (value === undefined || value === null || typeof value === 'object' ? '' : String(value))
const joined = (parts: readonly unknown[], by: string) => parts.map(text).filter(Boolean).join(by)
const day = (value: unknown) => text(value).slice(0, 10)

/** A value of a custom field as people read it. */
export const readable = (value: unknown): string => {
  if (Array.isArray(value)) return joined(value.map(readable), ', ')
  if (typeof value !== 'object' || value === null) return text(value)
  const { url, name } = value as { url?: unknown; name?: unknown }
  return typeof url === 'string' ? url : text(name) || joined(Object.values(value).map(readable), ', ')
}

const address = (record: WireRecord, street: unknown) =>
  joined([street, record.city, joined([record.state, record.postalCode], ' '), record.country], ', ')

/** `contact.<key>` of every custom field, empty where the contact has no value. */
export const customFieldValues = (
  values: readonly { readonly id: string; readonly value: unknown }[],
  definitions: readonly FieldDefinition[],
): Values => {
  const byId = new Map(values.map(({ id, value }) => [id, value]))
  return Object.fromEntries(
    definitions.map(({ id, fieldKey, objectKey }) => [fieldKey.slice(objectKey.length + 1), readable(byId.get(id))]),
  )
}

/** `contact.…`: the documented names. */
export const contactValues = (contact: WireRecord): Values => ({
  id: text(contact.id),
  name: text(contact.name) || joined([contact.firstName, contact.lastName], ' '),
  first_name: text(contact.firstName),
  last_name: text(contact.lastName),
  email: text(contact.email),
  phone: text(contact.phone),
  phone_raw: text(contact.phone).replace(/\D/g, ''),
  company_name: text(contact.companyName),
  full_address: address(contact, contact.address1),
  address1: text(contact.address1),
  city: text(contact.city),
  state: text(contact.state),
  country: text(contact.country),
  postal_code: text(contact.postalCode),
  website: text(contact.website),
  timezone: text(contact.timezone),
  source: text(contact.source),
  type: text(contact.type),
  gender: text(contact.gender),
  date_of_birth: day(contact.dateOfBirth),
  date_added: day(contact.dateAdded),
  date_updated: day(contact.dateUpdated),
  tags: readable(contact.tags),
  assigned_to: text(contact.assignedTo),
})

/** `user.…`: whoever the contact is assigned to. */
export const userValues = (user: WireRecord): Values => ({
  id: text(user.id),
  name: text(user.name) || joined([user.firstName, user.lastName], ' '),
  first_name: text(user.firstName),
  last_name: text(user.lastName),
  email: text(user.email),
  phone: text(user.phone),
  phone_raw: text(user.phone).replace(/\D/g, ''),
  email_signature: text(user.emailSignature),
  calendar_link: text(user.calendarLink),
})

/** `location.…`: the sub-account. */
export const locationValues = (location: WireRecord, owner: WireRecord): Values => ({
  id: text(location.id),
  name: text(location.name),
  full_address: address(location, location.address),
  address: text(location.address),
  city: text(location.city),
  state: text(location.state),
  country: text(location.country),
  postal_code: text(location.postalCode),
  email: text(location.email),
  phone: text(location.phone),
  phone_raw: text(location.phone).replace(/\D/g, ''),
  website: text(location.website),
  timezone: text(location.timezone),
  logo_url: text(location.logoUrl),
  location_owner: userValues(owner),
})

const partsAt = (now: Date, timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    weekday: 'long',
  })
  return Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]))
}

const isZone = (name: unknown): name is string => {
  try {
    return typeof name === 'string' && Boolean(new Intl.DateTimeFormat('en-US', { timeZone: name }))
  } catch {
    return false
  }
}

/** `right_now.…` on the sub-account's clock. */
export const rightNow = (now: Date, zone: unknown): Values => {
  const timeZone = isZone(zone) ? zone : 'UTC'
  const { year = '', month = '', day: date = '', hour = '', minute = '', second = '', weekday = '' } = partsAt(now, timeZone)
  const hours = Number(hour)
  const half = String(hours % 12 || 12)
  const ampm = hours < 12 ? 'AM' : 'PM'
  const monthName = new Intl.DateTimeFormat('en-US', { timeZone, month: 'long' }).format(now)
  return {
    second: Number(second),
    minute: Number(minute),
    hour: hours,
    hour_ampm: `${half} ${ampm}`,
    time: `${hour}:${minute}`,
    time_ampm: `${half}:${minute} ${ampm}`,
    ampm,
    day: Number(date),
    day_of_week: weekday,
    month: Number(month),
    month_name: monthName,
    month_english: monthName,
    year: Number(year),
    middle_endian_date: `${month}/${date}/${year}`,
    little_endian_date: `${date}/${month}/${year}`,
    date: `${year}-${month}-${date}`,
  }
}

const isBranch = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Every value of a world by the path that a template would name it with, as the text that it renders as. */
export const flatten = (values: object, under = ''): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      isBranch(value) ? Object.entries(flatten(value, `${under}${name}.`)) : [[`${under}${name}`, text(value)]],
    ),
  )

/** Whether a world has something under a path; `contact.tags.size` and the like count as there. */
export const knows = (world: World, [root = '', name]: readonly string[]): boolean => {
  const values = Object.hasOwn(world, root) ? (world as unknown as Record<string, Values>)[root] : undefined
  return values !== undefined && (name === undefined || Object.hasOwn(values, name))
}
