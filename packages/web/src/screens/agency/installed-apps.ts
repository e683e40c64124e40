import type { Reply } from '@groundlevel/contract-kit'
import type { installs } from '@groundlevel/contracts'

export type Install = Reply<typeof installs.installed.list>['installs'][number]

export interface InstalledApp {
  readonly id: string
  readonly name: string
  readonly logo: string
  readonly scopeCount: number
  /** What the agency holds comes before single sub-accounts. */
  readonly installs: readonly Install[]
}

const rank: Readonly<Record<Install['kind'], number>> = { agency: 0, bulk: 1, location: 2 }

const byPlace = (a: Install, b: Install) =>
  Number(a.locationId !== null) - Number(b.locationId !== null) ||
  rank[a.kind] - rank[b.kind] ||
  (a.locationName ?? '').localeCompare(b.locationName ?? '')

/** Installs under their app, apps by name. */
export const byApp = (installs: readonly Install[]): readonly InstalledApp[] => {
  const apps = new Map<string, Install[]>()
  for (const install of installs) apps.set(install.appId, [...(apps.get(install.appId) ?? []), install])
  return [...apps]
    .flatMap(([id, list]) => {
      const [first] = list
      return first
        ? [{ id, name: first.appName, logo: first.logo, scopeCount: first.scopes.length, installs: [...list].sort(byPlace) }]
        : []
    })
    .sort((a, b) => a.name.localeCompare(b.name))
}

/** Where an install works, in words. */
export const reach = ({ kind, locationId, locationName }: Install): string => {
  if (locationId) return locationName ?? 'One sub-account'
  return kind === 'bulk' ? 'The agency, for its sub-accounts (bulk install)' : 'The whole agency'
}

/** What uninstalling does, said before it is done. */
export const consequence = (install: Install, whose: string): string => {
  const place = install.locationName ?? whose
  const many =
    install.kind === 'bulk' && !install.locationId ? ' Every sub-account that was added with it loses the app too.' : ''
  return `${install.appName} loses access to ${place} at once: its tokens stop working and it gets no more events. It is told by an UNINSTALL event.${many} What it wrote stays. You can add it again at any time.`
}
