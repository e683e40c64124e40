import type { Db } from '../../database/wire.js'
import type { Person } from '../../http/principal.js'
import { newHexId } from '../../ids.js'
import { createRecent } from '../../recent.js'
import type { Services } from '../../services.js'
import { type KeyRow, keysOf, newClientKey } from '../credentials/index.js'
import type { App, AppSettings, EventSetting, KnownClient } from './app.js'
import { appsOf, eventSettingsOf, type ListingFilter, listingsOf } from './apps.sql.js'

/** Apps and their client keys, for every other room. */
export interface Apps {
  /** An app that has not been deleted, with its live version. */
  app(appId: string): Promise<App | undefined>
  /** The client behind an id, with its app. Another process may see a deleted key for two more seconds. */
  keyByClientId(clientId: string): Promise<KnownClient | undefined>
  /** Public apps in the order of the alphabet; `query` looks into name, tagline and categories. */
  listed(filter: ListingFilter): Promise<readonly App[]>
  /** Categories that public apps are in. */
  categories(): Promise<readonly string[]>
  /** The key that the store's link uses. */
  newestKey(appId: string): Promise<KeyRow | undefined>
  /** Notes that a key was used, once a minute at most. */
  keyUsed(keyId: string, now: Date): void
  /** Events that the app has switched off or sent elsewhere; every other one is on, at the default URL. */
  eventSettings(appId: string): Promise<readonly EventSetting[]>
  /** Whether the app belongs to a developer team of the account. */
  developerOwns(accountId: string, appId: string): Promise<boolean>
  /** Apps of the developer teams that an account belongs to. */
  appIdsOf(accountId: string): Promise<readonly string[]>
  /** The app, if it belongs to one of the person's developer teams. */
  ownApp(person: Person, appId: string): Promise<App | undefined>
  createApp(db: Db, developerId: string, settings: AppSettings, now: Date): Promise<App>
  createKey(db: Db, appId: string, name: string, now: Date): Promise<{ readonly key: KeyRow; readonly clientSecret: string }>
  /** Call it once a change of the app or its keys has committed. */
  forget(appId: string, clientIds?: readonly string[]): void
}

const keepMs = 2000
const noteEveryMs = 60_000

const teamsOf = (person: Person) => person.places.filter((place) => place.kind === 'developer').map((place) => place.id)

/** Writes `lastUsedAt` at most once a minute a key; a lost note is no loss. */
const createUseNotes = ({ db, say }: Pick<Services, 'db' | 'say'>) => {
  const noted = new Map<string, number>()
  return (keyId: string, now: Date) => {
    if (now.getTime() - (noted.get(keyId) ?? Number.NEGATIVE_INFINITY) < noteEveryMs) return
    noted.set(keyId, now.getTime())
    keysOf(db)
      .used(keyId, now)
      .catch((error: Error) => say(`The last use of a client key could not be noted: ${error.message}`))
  }
}

export const createApps = (
  services: Pick<Services, 'db' | 'say'>,
  identity: { developersOf(accountId: string): Promise<readonly string[]> },
): Apps => {
  const { db } = services
  const apps = createRecent((id) => appsOf(db).find(id), { keepMs })
  const events = createRecent((id) => eventSettingsOf(db, id).all(), { keepMs })
  const keys = createRecent((clientId) => keysOf(db).byClientId(clientId), { keepMs })
  return {
    app: apps.get,
    keyByClientId: async (clientId) => {
      const key = await keys.get(clientId)
      const app = key && (await apps.get(key.appId))
      return key && app && { key, app, version: { id: app.versionId, version: app.version, scopes: app.scopes } }
    },
    listed: (filter) => listingsOf(db).all(filter),
    categories: () => listingsOf(db).categories(),
    newestKey: (appId) => keysOf(db).newest(appId),
    keyUsed: createUseNotes(services),
    eventSettings: async (appId) => (await events.get(appId)) ?? [],
    developerOwns: async (accountId, appId) => {
      const [app, teams] = await Promise.all([apps.get(appId), identity.developersOf(accountId)])
      return app !== undefined && teams.includes(app.developerId)
    },
    appIdsOf: async (accountId) => appsOf(db).idsOfDevelopers(await identity.developersOf(accountId)),
    ownApp: async (person, appId) => {
      const app = await apps.get(appId)
      return app && teamsOf(person).includes(app.developerId) ? app : undefined
    },
    createApp: async (on, developerId, settings, now) => {
      const app = {
        ...settings,
        id: newHexId(),
        developerId,
        versionId: newHexId(),
        version: '1.0.0',
        dateAdded: now,
        dateUpdated: now,
      }
      await appsOf(on).add(app)
      return app
    },
    createKey: async (on, appId, name, now) => {
      const made = newClientKey(appId, name, now)
      await keysOf(on).add(made.key)
      return made
    },
    forget: (appId, clientIds = []) => {
      apps.forget(appId)
      events.forget(appId)
      for (const clientId of clientIds) keys.forget(clientId)
    },
  }
}
