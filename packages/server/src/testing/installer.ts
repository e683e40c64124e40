import { browserOf, callApi, exchange } from './oauth-browser.js'
import type { OAuthWorld, TestApp } from './oauth-world.js'

/** Installs of each kind at the agency *north*, down to the first token. */
export const installerOf = (world: () => OAuthWorld) => {
  const at = (index: number) => world().north.locations[index] ?? ''

  return {
    /** A sub-account by its number. */
    at,
    /** An agency app, with the scopes that its tests need. */
    agencyApp: () => {
      const scopes = [
        'oauth.readonly',
        'oauth.write',
        'contacts.readonly',
        'companies.readonly',
        'marketplace-installer-details.readonly',
      ]
      return world().newApp({ targetUser: 'company', whoCanInstall: 'agency', scopes })
    },
    /** By the agency's admin, at the first two sub-accounts. */
    bulk: async (app: TestApp) => {
      const browser = await browserOf(world()).signIn(world().north.admin)
      return (await exchange(world(), app, await browser.obtainCode(app, { locationIds: [at(0), at(1)] }))).json()
    },
    /** By a user of the first sub-account. */
    local: async (app: TestApp) => {
      const browser = await browserOf(world()).signIn(world().north.local)
      return (await exchange(world(), app, await browser.obtainCode(app, { locationIds: [at(0)] }))).json()
    },
    /** By the agency's owner, for all of it. */
    whole: async (app: TestApp) => {
      const browser = await browserOf(world()).signIn(world().north.owner)
      return (await exchange(world(), app, await browser.obtainCode(app, { companyId: world().north.id }))).json()
    },
    forLocation: (token: string, locationId: string, companyId = world().north.id) =>
      callApi(world(), token, 'POST', '/oauth/locationToken', { companyId, locationId }),
  }
}
