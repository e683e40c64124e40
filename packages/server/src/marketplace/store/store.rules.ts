import { scopeByName } from '@groundlevel/contracts'
import type { Person } from '../../http/principal.js'
import type { App } from '../apps/index.js'

export interface Addable {
  readonly yes: boolean
  /** One sentence, '' where the app can be added. */
  readonly why: string
}

const yes: Addable = { yes: true, why: '' }
const no = (why: string): Addable => ({ yes: false, why })

/** Whether the distribution lets this person add the app (M3). */
export const addable = (
  app: Pick<App, 'targetUser' | 'whoCanInstall' | 'allowLocationInstall'>,
  person: Person | undefined,
  ready: string,
): Addable => {
  if (ready) return no(ready)
  if (!person) return no('Sign in to add this app.')
  if (person.places.some((place) => place.kind === 'agency')) return yes
  const inLocation = person.places.some((place) => place.kind === 'location')
  if (!inLocation) return no('Only people of an agency or a sub-account add apps: sign in as one of them.')
  if (app.targetUser === 'company') {
    return app.allowLocationInstall ? yes : no('This app is for whole agencies: ask an owner or admin of your agency to add it.')
  }
  return app.whoCanInstall === 'both'
    ? yes
    : no('Only an agency may add this app: ask an owner or admin of your agency to add it to your sub-account.')
}

/** What the developer must still do before anybody can add the app, '' where it is all there. */
export const unreadiness = (redirectUri: string | undefined, clientId: string | undefined): string => {
  if (clientId === undefined) return 'The developer has not generated a client key for this app yet.'
  return redirectUri === undefined ? 'The developer has not set a redirect URL for this app yet.' : ''
}

/** Where the install of an app begins. */
export const installUrl = (publicUrl: string, clientId: string, redirectUri: string, scopes: readonly string[]): string => {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
  })
  return `${publicUrl}/oauth/chooselocation?${query}`
}

export const scopeTexts = (names: readonly string[]) =>
  names.flatMap((name) => {
    const scope = scopeByName.get(name)
    return scope ? [{ name, group: scope.group, text: scope.text, sensitive: scope.sensitive }] : []
  })
