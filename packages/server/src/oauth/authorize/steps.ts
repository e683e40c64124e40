import { scopeByName } from '@groundlevel/contracts'
import { liveClient } from '../clients.js'
import { interactionsOf } from '../consent/interactions.sql.js'
import { digestOf, randomHex } from '../digests.js'
import type { Client, OAuthParts, OAuthServices } from '../parts.js'
import { isChallenge } from '../token/pkce.js'
import { type Parameters, scopesIn } from './parameters.js'
import { refuseClient, refusePage } from './refusal.js'

/** An authorization request on its way through the steps; each adds what later ones need. */
export interface Authorization {
  readonly parameters: Parameters
  readonly now: Date
  /** The browser's own value, from its cookie. */
  readonly browser: string
  client?: Client
  redirectUri?: string
  state: string | null
  scopes: readonly string[]
  codeChallenge: string | null
  interactionId?: string
}

type Step = (request: Authorization, parts: Pick<OAuthParts, 'apps'>, services: Pick<OAuthServices, 'db'>) => void | Promise<void>

const interactionTtlMs = 600_000
const longestStateBytes = 2048

const findClient: Step = async (request, { apps }) => {
  const id = request.parameters.isRepeated('client_id') ? undefined : request.parameters.get('client_id')
  request.client = await liveClient(apps, id, request.now)
  if (request.client) return
  throw refusePage(
    {
      title: 'This integration cannot be added',
      detail: id === undefined ? 'The link names no app, or two.' : `No integration found with the ID: ${id}`,
      hint: 'Developer: take client_id from a client key of your app under My Apps, and send it once.',
    },
    id === undefined ? 'client_id is missing or was sent twice.' : `No live client key has the client id ${id}.`,
  )
}

const clientOf = ({ client }: Authorization): Client => {
  if (!client) throw new Error('findClient comes first')
  return client
}

/** Absent: the app's default. Otherwise equal, byte for byte, to one that is registered (RFC 9700 §2.1). */
const checkRedirectUri: Step = (request) => {
  const { app } = clientOf(request)
  const asked = request.parameters.get('redirect_uri')
  const repeated = request.parameters.isRepeated('redirect_uri') || request.parameters.broken === 'redirect_uri'
  const uri = asked ?? app.redirectUris[0]
  if (!repeated && uri !== undefined && app.redirectUris.includes(uri)) {
    request.redirectUri = uri
    return
  }
  throw refusePage(
    {
      title: 'This integration cannot be added, please contact the developer!',
      detail:
        asked === undefined
          ? `${app.name} has registered no address to return to.`
          : `${app.name} asked to return to an address that it has not registered: ${asked}`,
      hint: 'Developer: register exactly this redirect URL in the settings of your app; every character counts, a trailing slash too.',
    },
    repeated
      ? 'redirect_uri was sent twice or is broken.'
      : `redirect_uri ${asked ?? '(none)'} is not registered; registered: ${app.redirectUris.join(' ') || 'none'}.`,
  )
}

const readState: Step = (request) => {
  const { parameters } = request
  const raw = parameters.raw('state')
  if (raw === undefined || parameters.isRepeated('state')) return
  if (raw.replace(/%[0-9a-f]{2}/gi, 'x').length > longestStateBytes) {
    throw refuseClient('invalid_request', `state is longer than ${longestStateBytes} bytes.`)
  }
  // Whatever a header may not carry as it is.
  request.state = raw.replace(/[^\x21-\x7e]/g, encodeURIComponent)
}

const refuseRepeated: Step = ({ parameters }) => {
  if (parameters.repeated !== undefined) throw refuseClient('invalid_request', `${parameters.repeated} was sent more than once.`)
  if (parameters.broken !== undefined) throw refuseClient('invalid_request', `${parameters.broken} is not percent-encoded UTF-8.`)
}

const checkResponseType: Step = ({ parameters }) => {
  const type = parameters.get('response_type')
  if (type === undefined) throw refuseClient('invalid_request', 'response_type is missing: send response_type=code.')
  if (type !== 'code') throw refuseClient('unsupported_response_type', 'response_type must be code.')
}

const checkResponseMode: Step = ({ parameters }) => {
  const mode = parameters.get('response_mode') ?? 'query'
  if (mode !== 'query') throw refuseClient('invalid_request', 'response_mode must be query.')
}

/** Absent: everything the version asks for. Otherwise a part of it; nothing unknown is dropped in silence. */
const checkScope: Step = (request) => {
  const { version } = clientOf(request)
  const asked = scopesIn(request.parameters.get('scope'))
  request.scopes = asked.length === 0 ? version.scopes : asked
  const unknown = request.scopes.filter((scope) => !scopeByName.has(scope))
  if (unknown.length > 0) throw refuseClient('invalid_scope', `These scopes do not exist: ${unknown.join(' ')}`)
  const unregistered = request.scopes.filter((scope) => !version.scopes.includes(scope))
  if (unregistered.length > 0)
    throw refuseClient('invalid_scope', `The app has not registered these scopes: ${unregistered.join(' ')}`)
}

const checkPkce: Step = (request) => {
  const challenge = request.parameters.get('code_challenge')
  const method = request.parameters.get('code_challenge_method')
  if (challenge === undefined) {
    if (method !== undefined) throw refuseClient('invalid_request', 'code_challenge_method was sent without a code_challenge.')
    if (clientOf(request).app.requirePkce)
      throw refuseClient('invalid_request', 'This app demands PKCE: send code_challenge and code_challenge_method=S256.')
    return
  }
  if (method !== 'S256') throw refuseClient('invalid_request', 'code_challenge_method must be S256.')
  if (!isChallenge(challenge))
    throw refuseClient('invalid_request', 'code_challenge must have 43 to 128 characters out of A-Z a-z 0-9 - . _ ~')
  request.codeChallenge = challenge
}

const remember: Step = async (request, _parts, { db }) => {
  const { app, key, version } = clientOf(request)
  const id = randomHex(16)
  await interactionsOf(db).add({
    id,
    browserHash: digestOf(request.browser),
    appId: app.id,
    versionId: version.id,
    clientId: key.clientId,
    redirectUri: request.redirectUri as string,
    redirectUriGiven: request.parameters.get('redirect_uri') !== undefined,
    scopes: [...request.scopes],
    state: request.state,
    codeChallenge: request.codeChallenge,
    dateAdded: request.now,
    expiresAt: new Date(request.now.getTime() + interactionTtlMs),
  })
  request.interactionId = id
}

/**
 * The authorization endpoint. The first two may only end in a page; from then on every refusal goes back to the client.
 * `version_id`, `loginWindowOpenMode` and whatever else is sent changes nothing.
 */
export const authorizeSteps: readonly Step[] = [
  findClient,
  checkRedirectUri,
  readState,
  refuseRepeated,
  checkResponseType,
  checkResponseMode,
  checkScope,
  checkPkce,
  remember,
]
