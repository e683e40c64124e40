import { randomBytes, randomUUID } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

const timeLength = 8

/** The same for every id of one millisecond. */
const createTimePart = () => {
  let last = Number.NaN
  let text = ''
  return (ms: number) => {
    if (ms === last) return text
    last = ms
    text = ''
    for (let rest = ms; text.length < timeLength; rest = Math.floor(rest / 62)) text = alphabet.charAt(rest % 62) + text
    return text
  }
}

/** Randomness is fetched for many ids at once: each fetch costs more than the letters that are made of it. */
const createRandomPart = () => {
  let bytes = Buffer.alloc(0)
  let at = 0
  return (length: number) => {
    let text = ''
    while (text.length < length) {
      if (at === bytes.length) {
        bytes = randomBytes(4096)
        at = 0
      }
      // Six bits: 62 and 63 are no letters, so that every letter is as likely as any other.
      text += alphabet.charAt((bytes[at++] ?? 0) & 63)
    }
    return text
  }
}

const timePart = createTimePart()
const random62 = createRandomPart()

/**
 * A 20-character id in the wire's alphabet. Its first eight characters rise with time, so that a million rows are
 * inserted at the right edge of their index; the other twelve are random.
 */
export const newId = (now: Date) => timePart(now.getTime()) + random62(12)

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
