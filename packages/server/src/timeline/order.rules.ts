import { badRequest } from '@groundlevel/contract-kit'
import { isUuid } from '../ids.js'
import type { Entry, Place } from './source.js'

/** Newest first; ids decide between rows of one millisecond, as they do in the database. */
const newestFirst = (a: Place, b: Place) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)

/** The newest `limit` rows of several lists, each of them in order. */
export const merged = (pages: readonly (readonly Entry[])[], limit: number): readonly Entry[] =>
  pages.flat().sort(newestFirst).slice(0, limit)

/** The place of a row, as text that nobody needs to read. */
export const cursorOf = ({ at, id }: Place): string => Buffer.from(`${at.toISOString()} ${id}`).toString('base64url')

/** The inverse. @throws WireError 400 for text that no list gave out. */
export const placeOf = (cursor: string): Place => {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  const date = new Date(at)
  // Before 1970 there are days that PostgreSQL has not; a day that cannot be read is not at or after it either.
  if (!(date.getTime() >= 0) || !isUuid(id)) throw badRequest('cursor is not one that this list gave out')
  return { at: date, id }
}
