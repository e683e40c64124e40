import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Which targets a server may reach. */
export interface TargetPolicy {
  /** A local start: apps listen on this very machine. */
  readonly allowLoopback: boolean
}

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')
const publicPorts: ReadonlySet<string> = new Set(['', '80', '443', '8443'])
const inwardNames = /(^|\.)(localhost|local|internal|intranet|home\.arpa)$/

/**
 * Whether an IP address may be connected to: public ones only, plus loopback on a local start. Forms that wrap another
 * address (mapped, NAT64, 6to4, Teredo) are judged by what they wrap, or refused.
 *
 * @returns why not; undefined where it may
 */
export const addressRefusal = (address: string, { allowLoopback }: TargetPolicy): string | undefined => {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  if (!ipaddr.isValid(bare)) return `${address} is no IP address`
  const range = rangeOf(ipaddr.process(bare))
  if (range === 'unicast' || (allowLoopback && range === 'loopback')) return undefined
  return `${bare} is not a public address (${range})`
}

/** Of IPv6 only 2000::/3 is given out; the rest, `::127.0.0.1` among it, is nobody's public address. */
const rangeOf = (address: ipaddr.IPv4 | ipaddr.IPv6): string => {
  const range = address.range()
  const outside = address instanceof ipaddr.IPv6 && !address.match(globalUnicast)
  return range === 'unicast' && outside ? 'reserved' : range
}

const hostRefusal = (host: string, policy: TargetPolicy): string | undefined => {
  const bare = host.replace(/^\[|\]$/g, '')
  if (isIP(bare)) return addressRefusal(bare, policy)
  if (policy.allowLoopback) return undefined
  const name = bare.replace(/\.$/, '').toLowerCase()
  if (!name.includes('.') || inwardNames.test(name)) return `${host} is a name of an inner network`
  return undefined
}

/**
 * What can be said of a target before anything is looked up. The address itself is judged when the socket connects.
 *
 * @returns why it is refused; undefined where it may be tried
 */
export const targetRefusal = (target: string, policy: TargetPolicy): string | undefined => {
  const url = URL.canParse(target) ? new URL(target) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return 'the address begins with neither https:// nor http://'
  if (url.username !== '' || url.password !== '') return 'the address holds a user name or password'
  if (!policy.allowLoopback && !publicPorts.has(url.port)) return `port ${url.port} is not one of 80, 443, 8443`
  return hostRefusal(url.hostname, policy)
}
