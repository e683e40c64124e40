import { unprocessable } from '@groundlevel/contract-kit'
import type { CompanyChange } from '../../identity/index.js'
import { logoFault } from '../../marketplace/index.js'
import { phoneIn } from '../contacts/index.js'
import { isCurrency } from '../money/index.js'
import { isZone } from '../zones/index.js'

const columns = [
  'email',
  'phone',
  'website',
  'logoUrl',
  'domain',
  'address',
  'city',
  'state',
  'postalCode',
  'country',
  'timezone',
] as const
/** Kept beside the columns: nothing else of the product reads them. */
const beside = ['privacyPolicy', 'termsConditions', 'currency', 'businessNiche', 'businessCategory'] as const

type Text = (typeof columns)[number] | (typeof beside)[number]
type Sent = { readonly name?: string } & { readonly [K in Text]?: string | null }

// As it is stored it is shown: what a browser would first take blanks and line breaks out of is none.
const isAddress = (text: string) => /^https?:\/\/[^\s/]\S*$/i.test(text) && URL.canParse(text)
const isHost = (text: string) => /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}$/i.test(text)
const addressFault = (text: string) => (isAddress(text) ? '' : 'must be an address that begins with https:// or http://')

const faultOf: Partial<Record<Text, (text: string) => string>> = {
  website: addressFault,
  privacyPolicy: addressFault,
  termsConditions: addressFault,
  logoUrl: (text) => (isAddress(text) ? '' : logoFault(text)),
  domain: (text) => (isHost(text) ? '' : 'must be a host name, such as app.example.com'),
  timezone: (text) => (isZone(text) ? '' : 'must be a valid IANA time zone'),
  currency: (text) => (isCurrency(text) ? '' : 'must be a currency of ISO 4217, such as USD'),
}

/**
 * What is sent as it is stored: empty text is no text, a phone number is E.164.
 *
 * @param before the agency's country until now, in which a phone number that names none is read
 * @throws WireError 422 for what is not what its field says
 */
export const changeOf = (sent: Sent, before: string | null | undefined): CompanyChange => {
  const name = sent.name?.trim()
  const phone = sent.phone?.trim() ? phoneIn(sent.phone, sent.country ?? before) : null
  const texts = [...columns, ...beside].flatMap((key) => {
    const text = key === 'phone' && phone ? phone : sent[key]
    return sent[key] === undefined ? [] : [[key, text?.trim() || null] as const]
  })
  const faults = texts.flatMap(([key, text]) => {
    const fault = text === null ? '' : faultOf[key]?.(text)
    return fault ? [`${key} ${fault}`] : []
  })
  if (phone === undefined) faults.unshift('phone must be a phone number, such as +13125550100')
  if (name === '') faults.unshift('name must not be empty')
  if (faults.length > 0) throw unprocessable(faults)
  const among = (keys: readonly string[]) => Object.fromEntries(texts.filter(([key]) => keys.includes(key)))
  return { ...(name === undefined ? {} : { name }), ...among(columns), profile: among(beside) }
}
