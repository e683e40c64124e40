import type { Db } from '../../database/wire.js'
import type { Identity } from '../../identity/index.js'
import type { KeysParts } from '../credentials/index.js'
import type { Apps } from './apps.js'

/** A live install, as My Apps and the store show it. */
export interface ShownInstall {
  readonly installId: string
  readonly kind: 'agency' | 'bulk' | 'location'
  readonly companyId: string
  readonly locationId: string | null
  readonly state: 'waiting' | 'connected'
  readonly dateAdded: Date
  readonly connectedAt: Date | null
}

/** What My Apps and the store ask of installs; the room itself has it all. */
export interface AppInstalls {
  /** Live installs of an app, newest first. */
  ofApp(appId: string, limit?: number, db?: Db): Promise<readonly ShownInstall[]>
  countOfApp(appId: string, db?: Db): Promise<number>
  /** The agency's own install, or its choice of sub-accounts. */
  ofCompany(appId: string, companyId: string): Promise<ShownInstall | undefined>
  ofLocation(appId: string, locationId: string): Promise<ShownInstall | undefined>
  /** Rows of an agency's sub-accounts. */
  atLocationsOf(appId: string, companyId: string): Promise<readonly ShownInstall[]>
}

export interface AppsParts extends KeysParts {
  readonly apps: Apps
  readonly identity: Pick<Identity, 'company' | 'location' | 'developerName'>
  readonly installs: AppInstalls
  /** Refuses addresses that only a start on one's own machine may use. */
  readonly production: boolean
}
