import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** What is stored of a code, token or secret of ours: they are random enough that nothing slower is needed. */
export const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Compares two digests in a time that does not depend on where they differ. */
export const sameDigest = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)

export const randomHex = (bytes: number): string => randomBytes(bytes).toString('hex')

export const randomText = (bytes: number): string => randomBytes(bytes).toString('base64url')

/** 192 bits that only this server can make of these words. */
export const boundText = (secret: Buffer, words: readonly string[]): string =>
  createHmac('sha256', secret).update(JSON.stringify(words)).digest().subarray(0, 24).toString('base64url')
