import { hkdfSync, timingSafeEqual } from 'node:crypto'

/**
 * What the terminal of a production start shows and the first-run page asks for: whoever reads the log owns the installation,
 * not whoever comes first. Derived, so that every process of an installation prints the same one and none is stored.
 */
export const setUpCode = (secret: Buffer): string =>
  Buffer.from(hkdfSync('sha256', secret, 'groundlevel', 'set-up code', 15)).toString('base64url')

export const isSetUpCode = (secret: Buffer, given: string | undefined): boolean => {
  const [right, tried] = [Buffer.from(setUpCode(secret)), Buffer.from(given ?? '')]
  return right.length === tried.length && timingSafeEqual(right, tried)
}
