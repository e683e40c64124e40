import { found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { type Implementation, implement } from '../../http/implement.js'
import type { Person } from '../../http/principal.js'
import type { Brought } from '../app-snapshots/index.js'
import type { App, AppInstalls, Apps, AppsParts, ShownInstall } from '../apps/index.js'
import { addable, installUrl, scopeTexts, unreadiness } from './store.rules.js'

export interface StoreParts {
  readonly apps: Pick<Apps, 'app' | 'listed' | 'categories' | 'newestKey'>
  readonly identity: AppsParts['identity']
  readonly installs: AppInstalls
  readonly publicUrl: string
  /** What adding an app brings along. */
  brought(appId: string): Promise<Brought | null>
}

const listing = (
  { id, name, tagline, logo, companyName, categories, targetUser, appType, listingType }: App,
  developerName: string,
) => ({
  id,
  name,
  tagline,
  logo,
  companyName: companyName || developerName,
  categories,
  targetUser,
  appType,
  listingType,
})

/** Installs of the app in the viewer's own places, each once. */
const installsFor = async (
  { installs }: StoreParts,
  appId: string,
  person: Person | undefined,
): Promise<readonly ShownInstall[]> => {
  const asked = (person?.places ?? []).map(async ({ kind, id }) => {
    if (kind === 'location') return [await installs.ofLocation(appId, id)]
    if (kind === 'agency') return [await installs.ofCompany(appId, id), ...(await installs.atLocationsOf(appId, id))]
    return []
  })
  const rows = (await Promise.all(asked)).flat().filter((row) => row !== undefined)
  return [...new Map(rows.map((row) => [row.installId, row])).values()]
}

const installedRow = async ({ identity }: StoreParts, { installId, companyId, locationId, state }: ShownInstall) => {
  const place = locationId === null ? await identity.company(companyId) : await identity.location(locationId)
  return { id: installId, companyId, locationId, name: place?.name ?? '', state }
}

/** The store's list and app pages; a private app is in no list and opens by its link. */
export const storeModule = (parts: StoreParts): readonly Implementation[] => {
  const developerName = async (app: App) => (await parts.identity.developerName(app.developerId)) ?? ''
  return implement(api.store.listings, ({ call }) => ({ viewer: call.person }), {
    list: async ({ query }) => {
      const [rows, categories] = await Promise.all([parts.apps.listed(query), parts.apps.categories()])
      return {
        apps: await Promise.all(rows.map(async (app) => listing(app, await developerName(app)))),
        categories: [...categories],
      }
    },
    get: async ({ appId }, { viewer }) => {
      const app = found(await parts.apps.app(appId), 'App')
      const [developer, key, installs] = await Promise.all([
        developerName(app),
        parts.apps.newestKey(appId),
        installsFor(parts, appId, viewer),
      ])
      const redirectUri = app.redirectUris[0]
      const { description, website, supportEmail, supportPhone, whoCanInstall, bulkInstall } = app
      return {
        app: {
          ...listing(app, developer),
          description,
          website,
          supportEmail,
          supportPhone,
          developerName: developer,
          whoCanInstall,
          bulkInstall,
          scopes: scopeTexts(app.scopes),
          redirectUri: redirectUri ?? null,
          installUrl: key && redirectUri ? installUrl(parts.publicUrl, key.clientId, redirectUri, app.scopes) : null,
          dateAdded: app.dateAdded.toISOString(),
          snapshot: await parts.brought(appId),
        },
        addable: addable(app, viewer, unreadiness(redirectUri, key?.clientId)),
        installed: await Promise.all(installs.map((row) => installedRow(parts, row))),
      }
    },
  })
}
