import { badRequest, noSuchPath, unauthorized } from '@groundlevel/contract-kit'
import type { Call } from '../call.js'
import { type Authenticators, knowCaller } from './authenticate.js'

/** Published values (wire-contract §1.8); which of the dated ones is sent changes nothing. */
const dated: ReadonlySet<string> = new Set(['legacy', '2021-04-15', '2021-07-28', '2023-02-21'])

const removed = (call: Call) =>
  badRequest(
    `Endpoint ${call.request.url} not available in API version v3. This endpoint was removed in version v3. Please use a version before v3.`,
  )

const demandVersion = (call: Call): void => {
  const { operation, on, request } = call
  const header = request.headers.version
  if (header === undefined || header === '') {
    if (operation.versionOptional) return
    throw unauthorized('version header was not found.', 'The request has no Version header; send one, for example 2021-07-28.')
  }
  if (header !== 'v3' && !(typeof header === 'string' && dated.has(header))) {
    if (operation.auth !== 'token' && !operation.key.startsWith('oauth.')) return
    throw unauthorized(
      'version header is invalid',
      `Version ${JSON.stringify(header)} is none of legacy, 2021-04-15, 2021-07-28, 2023-02-21, v3.`,
    )
  }
  call.version = header === 'v3' ? 'v3' : 'dated'
  if (call.version === 'v3' && on === 'dated') throw removed(call)
  if (call.version === 'dated' && on === 'v3') throw noSuchPath(request.method, request.url)
}

/** Reads the `Version` header: absent or unknown is a 401, and a row that this version does not have says so. */
export const checkVersion = (who: Authenticators) =>
  function checkVersion(call: Call): void | Promise<void> {
    try {
      demandVersion(call)
    } catch (error) {
      return knowCaller(call, who).then(() => {
        throw error
      })
    }
  }
