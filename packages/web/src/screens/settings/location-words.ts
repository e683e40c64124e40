import type { Input, Reply } from '@groundlevel/contract-kit'
import type { locations } from '@groundlevel/contracts'

export type Location = Reply<typeof locations.location.get>['location']
export type LocationChange = NonNullable<Input<typeof locations.location.update>['body']>

const lines = ['phone', 'email', 'website', 'address', 'city', 'state', 'postalCode', 'country', 'timezone'] as const
const flags = ['allowDuplicateContact', 'allowDuplicateOpportunity', 'allowFacebookNameMerge', 'disableContactTimezone'] as const

export type Line = (typeof lines)[number]
export type Flag = (typeof flags)[number]

export const profileOf = (location: Partial<Location> = {}) => ({
  name: location.name ?? '',
  ...(Object.fromEntries(lines.map((line) => [line, location[line] ?? ''])) as Record<Line, string>),
  ...(Object.fromEntries(flags.map((flag) => [flag, location.settings?.[flag] ?? false])) as Record<Flag, boolean>),
  contactUniqueIdentifiers: [...(location.settings?.contactUniqueIdentifiers ?? ['email', 'phone'])] as ('email' | 'phone')[],
})
export type Profile = ReturnType<typeof profileOf>

/** What is empty is sent as null: it is taken away. */
export const profileBody = (values: Profile): Omit<LocationChange, 'companyId'> & { name: string } => ({
  name: values.name.trim(),
  ...(Object.fromEntries(lines.map((line) => [line, values[line].trim() || null])) as Pick<LocationChange, Line>),
  settings: {
    ...(Object.fromEntries(flags.map((flag) => [flag, values[flag]])) as Record<Flag, boolean>),
    contactUniqueIdentifiers: values.contactUniqueIdentifiers,
  },
})
