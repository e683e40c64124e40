import type { Input, Reply } from '@groundlevel/contract-kit'
import type { companies } from '@groundlevel/contracts'

export type Company = Reply<typeof companies.company.get>['company']
type Change = NonNullable<Input<typeof companies.profile.update>['body']>

const lines = [
  'email',
  'phone',
  'website',
  'logoUrl',
  'domain',
  'address',
  'city',
  'state',
  'postalCode',
  'country',
  'timezone',
  'currency',
  'businessNiche',
  'businessCategory',
  'privacyPolicy',
  'termsConditions',
] as const

type Line = (typeof lines)[number]
export type Said = { name: string } & Record<Line, string>

export const saidBy = (company: Company): Said => ({
  name: company.name,
  ...(Object.fromEntries(lines.map((line) => [line, company[line] ?? ''])) as Record<Line, string>),
})

/** Only what was changed is sent, so that what somebody else changes meanwhile stays; what is empty is taken away. */
export const changeOf = (before: Said, after: Said): Change => ({
  ...(after.name === before.name ? {} : { name: after.name.trim() }),
  ...(Object.fromEntries(
    lines.filter((line) => after[line] !== before[line]).map((line) => [line, after[line].trim() || null]),
  ) as Omit<Change, 'name'>),
})
