import { createHmac, timingSafeEqual } from 'node:crypto'

/** The key in the address of somebody's own page: who has it is let in. `of` begins with the kind, so that none opens another. */
export const pageKey = (secret: Buffer, of: string): string => createHmac('sha256', secret).update(of).digest('hex').slice(0, 40)

/** Takes as long wherever the two differ. */
export const isPageKey = (secret: Buffer, of: string, sent: string): boolean => {
  const right = Buffer.from(pageKey(secret, of))
  const given = Buffer.from(sent)
  return given.length === right.length && timingSafeEqual(given, right)
}
