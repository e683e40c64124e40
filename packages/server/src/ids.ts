import { randomBytes, randomUUID } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

const encode = (value: bigint, length: number) => {
  let rest = value
  let text = ''
  for (let at = 0; at < length; at++) {
    text = alphabet[Number(rest % 62n)] + text
    rest /= 62n
  }
  return text
}

const random62 = (length: number) => encode(BigInt(`0x${randomBytes(length).toString('hex')}`), length)

/**
 * A 20-character id in the wire's alphabet. Its first eight characters rise with time, so that a million rows are
 * inserted at the right edge of their index (decided §1.8); the other twelve are random.
 */
export const newId = (now: Date) => encode(BigInt(now.getTime()), 8) + random62(12)

/** 24 hexadecimal digits: apps, versions, installs, token ids. */
export const newHexId = () => randomBytes(12).toString('hex')

/** Eight base-36 characters: what follows the app id in a client id. */
export const newSuffix = () =>
  BigInt(`0x${randomBytes(12).toString('hex')}`)
    .toString(36)
    .padStart(16, '0')
    .slice(-8)

export const newUuid = randomUUID

/** The lower-case form that the database gives out. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
