import type { Db } from '../../database/wire.js'
import type { Apps } from '../apps/index.js'
import type { Installs } from '../installs/index.js'
import type { Field } from './supplied.rules.js'
import { suppliedBy } from './supplied.sql.js'

export { suppliedModule } from './supplied.handlers.js'

interface Part {
  readonly appId: string
  readonly appName: string
  readonly key: string
  readonly name: string
  readonly description: string
  readonly version: number
  readonly headers: Readonly<Record<string, string>>
  readonly sample: Readonly<Record<string, unknown>>
}

export interface AppTrigger extends Part {
  readonly subscriptionUrl: string
  readonly filters: readonly Field[]
}

export interface AppAction extends Part {
  readonly url: string
  readonly fields: readonly Field[]
  readonly branching: boolean
  readonly branchFields: readonly Field[]
  readonly pause: boolean
}

/** What the apps of a sub-account supply to its workflows. */
export interface Supplied {
  readonly triggers: readonly AppTrigger[]
  readonly actions: readonly AppAction[]
}

interface SuppliedFrom {
  readonly installs: Pick<Installs, 'installsFor'>
  readonly apps: Pick<Apps, 'app'>
}

const scope = 'workflows.readonly'

/** What connected apps supply to a sub-account, where they were granted `workflows.readonly`. */
export const suppliedTo =
  ({ installs, apps }: SuppliedFrom) =>
  async (db: Db, { companyId, locationId }: { readonly companyId: string; readonly locationId: string }): Promise<Supplied> => {
    const rows = await installs.installsFor({ companyId, locationId } as Parameters<Installs['installsFor']>[0], db)
    const connected = rows.filter(({ state, scopes }) => state === 'connected' && scopes.includes(scope))
    const found = await Promise.all(connected.map(({ appId }) => apps.app(appId)))
    const names = new Map(found.flatMap((app) => (app ? [[app.id, app.name] as const] : [])))
    const { triggers, actions } = await suppliedBy(db, [...names.keys()])
    const named = <T extends { appId: string }>(row: T) => ({ ...row, appName: names.get(row.appId) ?? '' })
    return { triggers: triggers.map(named) as unknown as AppTrigger[], actions: actions.map(named) as unknown as AppAction[] }
  }
