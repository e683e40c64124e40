import type { Static } from '@groundlevel/contract-kit'
import type { shapes } from '@groundlevel/contracts'

export type Attribution = Static<typeof shapes.Attribution>

/** How somebody came: followed a link, opened a page and sent its form. */
export interface Visit {
  /** What the documents call `url`: the page, or a name where there is none, such as `Trigger Link`. */
  readonly url: string
  /** Whose query says which advertisement it was: that of the page, or where the link led. Default: `url`. */
  readonly address?: string | undefined
  readonly referrer?: string | undefined
  readonly userAgent?: string | undefined
  /** What took the visit in: `link`, `form`, `survey`, `calendar`. */
  readonly medium: string
  /** Its id. */
  readonly mediumId: string
}

/** Names of an address's query, and what the wire calls them (msclikid: sic). */
const asked = {
  utm_campaign: 'campaign',
  utm_id: 'campaignId',
  utm_source: 'utmSource',
  utm_medium: 'utmMedium',
  utm_content: 'utmContent',
  fbclid: 'fbclid',
  gclid: 'gclid',
  msclkid: 'msclikid',
  dclid: 'dclid',
} as const

const longest = 2000
/** Neither what JSON in the database cannot hold, which a cut through a character would leave, nor what would break a line. */
const tidy = (text: string) => text.slice(0, longest).replace(/[\p{Cc}\p{Cs}]/gu, '')

const queryOf = (address: string) => (URL.canParse(address) ? new URL(address).searchParams : new URLSearchParams())

/** Where a visit came from, as the wire has it. The visitor's address on the network is left out: nothing here needs it. */
export const attributionOf = ({ url, address = url, referrer, userAgent, medium, mediumId }: Visit): Attribution => {
  const query = queryOf(address)
  const named = Object.entries(asked).map(([name, field]) => [field, query.get(name)] as const)
  const given = [...named, ['referrer', referrer], ['userAgent', userAgent]] as const
  const filled = given.flatMap(([field, value]) => (value ? [[field, tidy(value)]] : []))
  return { url: tidy(url), ...Object.fromEntries(filled), medium, mediumId }
}
