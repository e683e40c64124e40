import type { Reply } from '@groundlevel/contract-kit'
import { installs, type SnapshotFamily, type snapshots } from '@groundlevel/contracts'
import { useMemo } from 'react'
import { useParams } from 'react-router'
import { useAsk } from '../../api.js'

export type Entry = Reply<typeof snapshots.snapshot.history>['snapshots'][number]
export type Snapshot = Reply<typeof snapshots.snapshot.get>['snapshot']
export type Push = Reply<typeof snapshots.push.list>['data'][number]
export type Changes = Reply<typeof snapshots.snapshot.compare>
export type Change = Changes['changes'][number]

export const familyNames: Readonly<Record<SnapshotFamily, string>> = {
  tags: 'Tags',
  custom_values: 'Custom values',
  custom_fields: 'Custom fields and folders',
  trigger_links: 'Trigger links',
  templates: 'Message templates',
  email_templates: 'E-mail templates',
  pipelines: 'Pipelines, stages, lost reasons',
  forms: 'Forms',
  surveys: 'Surveys',
  calendars: 'Calendars and groups',
  products: 'Products, prices, collections, taxes',
  workflows: 'Workflows',
}

/** In the order in which a push brings them. */
export const kindNames: Readonly<Record<string, string>> = {
  tags: 'Tags',
  custom_values: 'Custom values',
  custom_field_folders: 'Custom field folders',
  custom_fields: 'Custom fields',
  trigger_links: 'Trigger links',
  templates: 'Message templates',
  email_templates: 'E-mail templates',
  lost_reasons: 'Lost reasons',
  pipelines: 'Pipelines',
  pipeline_stages: 'Pipeline stages',
  forms: 'Forms',
  surveys: 'Surveys',
  calendar_groups: 'Calendar groups',
  calendar_notifications: 'Notifications of calendars',
  calendars: 'Calendars',
  product_taxes: 'Taxes',
  product_collections: 'Product collections',
  products: 'Products',
  product_prices: 'Prices',
  workflows: 'Workflows',
}

export const kindName = (kind: string): string => kindNames[kind] ?? kind

const place = (kind: string) => Object.keys(kindNames).indexOf(kind)

/** Kinds in the order in which a push brings them. */
export const inOrder = (kinds: readonly string[]): string[] => [...kinds].sort((a, b) => place(a) - place(b))

const listOf = new Intl.ListFormat('en', { type: 'conjunction' })

/** `3 added, 1 removed and 2 changed`; "No change" where nothing is. */
export const changesOf = (counts: { readonly added: number; readonly removed: number; readonly changed: number }): string => {
  const parts = (['added', 'removed', 'changed'] as const)
    .filter((each) => counts[each] > 0)
    .map((each) => `${counts[each]} ${each}`)
  return parts.length === 0 ? 'No change' : listOf.format(parts)
}

/** The largest groups of a snapshot in one line. */
export const countsLine = (counts: Readonly<Record<string, unknown>>, most = 3): string => {
  const known = Object.entries(counts).map(([kind, count]) => ({ kind, count: Number(count) }))
  const shown = known.sort((a, b) => b.count - a.count).slice(0, most)
  const more = known.length > most ? `, ${known.length - most} more` : ''
  return `${shown.map(({ kind, count }) => `${count} ${kindName(kind).toLowerCase()}`).join(', ')}${more}`
}

export const useCompanyId = () => useParams().companyId ?? ''

export const useBase = () => `/portal/agency/${useCompanyId()}/snapshots`

/** The agency's sub-accounts, and their names by id. */
export const useSubAccounts = () => {
  const companyId = useCompanyId()
  const found = useAsk(installs.agency.locations, { companyId, query: {} })
  const rows = found.data?.locations
  return useMemo(() => {
    const names = new Map((rows ?? []).map(({ id, name }) => [id, name]))
    return {
      choices: (rows ?? []).map(({ id, name }) => ({ value: id, label: name })),
      nameOf: (id: string | undefined | null) => (id ? (names.get(id) ?? id) : 'Another agency'),
    }
  }, [rows])
}
