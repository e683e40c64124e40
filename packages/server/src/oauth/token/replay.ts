import { seal, unseal } from '../../sealing.js'
import { leaveScopesOut, putScopesBack } from '../access/claims.js'
import { type Claims, frameOf, reframed } from '../access/jwt.js'
import { digestOf } from '../digests.js'
import type { TokenReply } from './grants.js'

const purpose = 'reply of a refresh'

/** A reply without its scopes: they stand in it three times, an app that asks for every scope stores kilobytes a refresh. */
interface Kept {
  readonly reply: TokenReply
  readonly frame: readonly [head: string, signature: string]
  readonly claims: Claims
  readonly digest: string
}

const digest = (token: string) => digestOf(token).toString('base64')

/** A reply for its grace: only the old token opens it, so the database alone gives nothing away. */
export const keepReply = (oldToken: string, reply: TokenReply, claims: Claims): Buffer => {
  const kept: Kept = {
    // Left empty where they are, so that the reply has its fields in the same order again.
    reply: { ...reply, access_token: '', scope: '' },
    frame: frameOf(reply.access_token),
    claims: leaveScopesOut(claims),
    digest: digest(reply.access_token),
  }
  return seal(Buffer.from(oldToken), purpose, Buffer.from(JSON.stringify(kept)))
}

/** The same reply byte for byte; undefined where it was made for other scopes. */
export const replyAgain = (oldToken: string, sealed: Buffer, scopes: readonly string[]): TokenReply | undefined => {
  const { reply, frame, claims, ...kept } = JSON.parse(unseal(Buffer.from(oldToken), purpose, sealed).toString()) as Kept
  const token = reframed(frame, putScopesBack(claims, scopes))
  return digest(token) === kept.digest ? { ...reply, access_token: token, scope: scopes.join(' ') } : undefined
}
