import { createHmac } from 'node:crypto'
import { unprocessable } from '@groundlevel/contract-kit'

/** Programs that look at a link before a person does, or in place of one. */
const robots =
  /bot\b|bot\/|crawl|spider|slurp|preview|facebookexternalhit|facebot|whatsapp|telegram|discord|skype|embedly|pinterest|headless|lighthouse|proofpoint|barracuda|mimecast|safelinks|googleimageproxy|monitor|uptime/i

export interface Visit {
  readonly method: string
  readonly userAgent: string | undefined
  /** `Sec-Purpose`, or the older `Purpose`. */
  readonly purpose: string | undefined
}

/** Whether it is a person who follows a link: not a mail scanner, not a browser that fetches ahead. */
export const isPerson = ({ method, userAgent, purpose }: Visit): boolean =>
  method === 'GET' && Boolean(userAgent) && !robots.test(userAgent ?? '') && !/prefetch|preview/i.test(purpose ?? '')

/** Tells clicks of one address from those of another, without keeping the address. */
export const hashOfIp = (secret: Buffer, locationId: string, ip: string): string =>
  createHmac('sha256', secret).update(`link click\n${locationId}\n${ip}`).digest('hex').slice(0, 32)

/** An address that may be redirected to, as it goes into the header; undefined where it is none. */
export const safeTarget = (address: string): string | undefined => {
  const url = URL.canParse(address) ? new URL(address) : undefined
  return url && ['http:', 'https:'].includes(url.protocol) && !url.username && !url.password ? url.href : undefined
}

/** @throws WireError 422 that names the field */
export const toLink = ({ name, redirectTo }: { readonly name: string; readonly redirectTo: string }) => {
  if (name.trim() === '') throw unprocessable(['name should not be empty'])
  if (!safeTarget(redirectTo.trim())) throw unprocessable(['redirectTo must be a URL address'])
  return { name: name.trim(), redirectTo: redirectTo.trim() }
}

/** The address that stands for a link in a message to a contact. */
export const linkUrl = (publicUrl: string, linkId: string, contactId?: string): string =>
  `${publicUrl}/_ground/l/${linkId}${contactId ? `?contact=${contactId}` : ''}`
