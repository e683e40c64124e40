import { unprocessable } from '@groundlevel/contract-kit'

const known = new Set(Intl.supportedValuesOf('currency'))
const digitsByCurrency = new Map<string, number>()

export const isCurrency = (code: string): boolean => known.has(code)

/**
 * A currency by its code in any case.
 *
 * @param field the name in the refusal
 * @throws WireError 422 where it is none of ISO 4217
 */
export const currencyOf = (code: string, field = 'currency'): string => {
  const upper = code.toUpperCase()
  if (!isCurrency(upper)) throw unprocessable([`${field} must be a valid ISO4217 currency code`])
  return upper
}

/** How many decimal places a known currency has: 2 of USD, none of JPY, 3 of KWD. */
export const digitsOf = (currency: string): number => {
  const before = digitsByCurrency.get(currency)
  if (before !== undefined) return before
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  digitsByCurrency.set(currency, maximumFractionDigits)
  return maximumFractionDigits
}

/**
 * Whole minor units of an amount as the wire has it, halves up. It reads the decimal digits that were sent: the binary number
 * behind 1.005 is less than a half, and nobody who wrote it meant that.
 */
export const toMinor = (amount: number, digits: number): number => {
  const text = String(Math.abs(amount))
  if (text.includes('e-')) return 0
  const [whole = '0', fraction = ''] = text.split('.')
  const kept = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'))
  const up = (fraction[digits] ?? '0') >= '5' ? 1 : 0
  return Math.sign(amount) * (kept + up) || 0
}

/** The amount as the wire has it. */
export const toMajor = (minor: number, digits: number): number => Number(`${minor}e-${digits}`)

/** `amount × parts / of` in whole units, halves up, without a float on the way. */
export const share = (amount: number, parts: bigint, of: bigint): number => {
  const twice = BigInt(amount) * parts * 2n + of
  return Number(twice / (of * 2n))
}
