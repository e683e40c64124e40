import ipaddr from 'ipaddr.js'
import { isLoopbackHost } from '../../loopback.js'

/** Scheme, then a host right away, printable ASCII throughout: what every parser reads the same way. */
const plainForm = /^https?:\/\/[\x21-\x22\x24-\x2e\x30-\x3e\x41-\x5b\x5d-\x7e]+(?:[/?][\x21-\x7e]*)?$/i

const parsed = (text: string): URL | undefined =>
  plainForm.test(text) && !text.includes('\\') && URL.canParse(text) ? new URL(text) : undefined

/** What every address of an app must be: '' or the half sentence that says what it is not. */
const commonFault = (text: string, begins = 'https:// or http://'): string => {
  if (text.includes('#')) return 'must not have a fragment (#…)'
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined) return `must be an absolute address that begins with ${begins}`
  if (scheme !== 'http' && scheme !== 'https') return `must begin with ${begins}, not ${scheme}:`
  if (/^https?:\/\/[^/?]*@/i.test(text)) return 'must not have a user name or password before the host'
  const url = parsed(text)
  if (!url) return 'must be a whole address in plain characters, others percent-encoded'
  return ''
}

/** How an address that we send to may begin. */
const begin = (production: boolean) => (production ? 'https://' : 'https://, on this machine also http:// (http://127.0.0.1:…)')

/**
 * Why an address cannot be a redirect URL, '' where it can (RFC 9700 §2.1, §4.1; RFC 6749 §3.1.2). It is later compared
 * byte by byte, so nothing is normalised here.
 */
export const redirectUriFault = (text: string, production: boolean): string => {
  const common = commonFault(text, begin(production))
  if (common) return common
  if (text.includes('*')) return 'must not have a wildcard (*): each address is registered whole'
  const { protocol, hostname } = new URL(text)
  if (protocol === 'https:') return ''
  if (production) return 'must begin with https://'
  return isLoopbackHost(hostname) ? '' : 'must begin with https://; http:// is for this machine only (127.0.0.1, localhost)'
}

/** Whether nobody outside this machine or its own network can be meant. */
const isPrivateHost = (hostname: string): boolean => {
  const host = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  return ipaddr.isValid(host) && ipaddr.process(host).range() !== 'unicast'
}

/** Why an address cannot receive webhooks, '' where it can. Names are resolved and checked again at each delivery. */
export const webhookUrlFault = (text: string, production: boolean): string => {
  const common = commonFault(text, begin(production))
  if (common) return common
  if (production && isPrivateHost(new URL(text).hostname))
    return 'must be reachable from outside: this one is private to this machine or its network'
  return ''
}

/** Why an address cannot be shown as a link, '' where it can. */
export const websiteFault = (text: string): string => commonFault(text)
