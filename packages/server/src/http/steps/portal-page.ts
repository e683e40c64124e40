import { WireError } from '@groundlevel/contract-kit'
import type { Call } from '../call.js'

const fromElsewhere = () =>
  new WireError(403, { statusCode: 403, message: 'This request must come from the portal: send the header x-groundlevel.' })

/** What only a script of our own origin can send: any other origin needs a preflight for the header, which we never grant. */
export const demandOwnPage = ({ request: { headers } }: Call): void => {
  const site = headers['sec-fetch-site']
  if (headers['x-groundlevel'] !== undefined && (site === undefined || site === 'same-origin' || site === 'none')) return
  throw fromElsewhere()
}

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : undefined)

/**
 * The same for the API, which other origins may ask with a token: the header has one value, and an old browser without
 * `sec-fetch-site` at least names the origin of whatever changes something.
 */
export const demandPortal = (call: Call, publicUrl: string): void => {
  demandOwnPage(call)
  const { headers, host: ours } = call.request
  if (headers['x-groundlevel'] !== 'portal') throw fromElsewhere()
  if (headers.origin === undefined) return
  const host = hostOf(headers.origin)
  if (host === undefined || (host !== ours && host !== hostOf(publicUrl))) throw fromElsewhere()
}
