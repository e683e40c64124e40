import type { Implementation } from '../../http/implement.js'
import { agencyHandlers, type CountContacts } from './agency.handlers.js'
import { installationsHandlers } from './installations.handlers.js'
import { installedHandlers } from './installed.handlers.js'
import type { Installs } from './installs.js'
import type { Apps, People } from './parts.js'

export { createInstalls, type Installs } from './installs.js'
export { relationshipNumber } from './installs.rules.js'
export type { InstallRow } from './installs.sql.js'
export type { App, Apps, Company, CompanyUser, LocationChoice, LocationFilter, People, TokenLog, TokenRow } from './parts.js'
export type { Actor, EventTenant, Grant, InstallWork, UninstallListener, UninstallWork, Work } from './work.js'

export interface InstallsModuleParts {
  readonly people: People
  readonly apps: Apps
  readonly countContacts: CountContacts
}

/** `installs.*` of the portal, and `marketplace.installations.*` of the API. */
export const installsModule = (installs: Installs, parts: InstallsModuleParts): readonly Implementation[] => [
  ...installedHandlers(installs, parts),
  ...agencyHandlers(installs, parts),
  ...installationsHandlers(installs, parts),
]
