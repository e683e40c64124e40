import type { Selectable } from 'kysely'
import type { Tables } from '../../database/tables.js'
import type { ClientKey } from '../credentials/index.js'

type Row = Selectable<Tables['apps']>

/** An app with its live version: what every other room reads. */
export interface App extends Readonly<Omit<Row, 'deletedAt'>> {
  readonly versionId: string
  readonly version: string
  /** Scopes of the live version: all that a consent may ask for. */
  readonly scopes: readonly string[]
}

/** What a developer may set, whole. */
export type AppSettings = Omit<App, 'id' | 'developerId' | 'versionId' | 'version' | 'dateAdded' | 'dateUpdated'>

/** An event that is switched off, or goes elsewhere. */
export interface EventSetting {
  readonly type: string
  readonly on: boolean
  /** '' for the app's default URL. */
  readonly url: string
}

/** A client key with its app, and the version that a consent is for. */
export interface KnownClient {
  readonly key: ClientKey
  readonly app: App
  readonly version: { readonly id: string; readonly version: string; readonly scopes: readonly string[] }
}
