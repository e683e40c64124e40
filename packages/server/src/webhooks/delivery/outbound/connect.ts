import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { addressRefusal, type TargetPolicy } from './address.rules.js'

/** A target that may not be connected to. */
export class BlockedError extends Error {
  readonly code = 'BLOCKED'
}

/** How names become addresses; tests give their own. */
export type Resolve = (
  host: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

const connectTimeoutMs = 5_000

/** All addresses of a name or none: one that points inwards is reason enough to distrust the name. */
const guardedLookup =
  (policy: TargetPolicy, resolve: Resolve): LookupFunction =>
  (host, options, done) =>
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, [])
      const refusal = addresses.map(({ address }) => addressRefusal(address, policy)).find((each) => each !== undefined)
      if (refusal) return done(new BlockedError(`${host} leads to an inner network: ${refusal}`), [])
      const [first] = addresses
      if (!first) return done(Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' }), [])
      return options.all ? done(null, addresses) : done(null, first.address, first.family)
    })

/**
 * Opens sockets to public addresses only. Judged three times, since each alone has been fooled: the literal host (which no
 * lookup sees), every address of a name, and the address that the socket really reached.
 */
export const guardedConnector = (policy: TargetPolicy, resolve: Resolve = lookup): buildConnector.connector => {
  const connect = buildConnector({ timeout: connectTimeoutMs, lookup: guardedLookup(policy, resolve), minVersion: 'TLSv1.2' })
  return (options, done) => {
    const literal = ipLiteral(options.hostname)
    const refusal = literal && addressRefusal(literal, policy)
    if (refusal) return done(new BlockedError(refusal), null)
    connect(options, (...[error, socket]) => {
      if (error) return done(error, null)
      const reached = socket ? addressRefusal(socket.remoteAddress ?? '', policy) : undefined
      if (!reached) return done(null, socket as NonNullable<typeof socket>)
      socket?.destroy()
      return done(new BlockedError(`connected to an inner network: ${reached}`), null)
    })
  }
}

const ipLiteral = (host: string) => {
  const bare = host.replace(/^\[|\]$/g, '')
  return /^[\d.]+$|:/.test(bare) ? bare : undefined
}
