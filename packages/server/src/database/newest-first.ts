import { type RawBuilder, sql } from 'kysely'

/**
 * Parts of statements that list rows of several owners, newest first: `limit` rows of each owner by that owner's index, then
 * the newest of those. Whatever others have, and however long the history is, nothing else is read.
 */
export interface NewestFirst {
  /** Only rows older than this one. */
  readonly before?: { readonly at: Date; readonly id: string } | undefined
  readonly since?: Date | undefined
  /** A pattern is looked for. */
  readonly query?: string | undefined
}

/** Few different texts, so that their plans are kept: a portal page, or everything that may be asked for. */
export const rounded = (limit: number): RawBuilder<unknown> => sql.lit(limit <= 51 ? 51 : 201)

/** Keeps a statement that looks for a pattern from being named: each of them is another text. */
export const searchMark = ({ query }: NewestFirst): RawBuilder<unknown> => (query ? sql.raw('/* search */ ') : sql.raw(''))

export const likePattern = (query: string): string => `%${query.replace(/[\\%_]/g, '\\$&')}%`

/** Bounds by place and time on the columns of an index `(owner, at desc, id desc)`. */
export const within = ({ before, since }: NewestFirst, at: RawBuilder<unknown>, id: RawBuilder<unknown>): RawBuilder<unknown> => {
  const place = before ? sql`and (${at}, ${id}) < (${before.at}, ${before.id}::uuid)` : sql``
  const bound = since ? sql`and ${at} >= ${since}` : sql``
  return sql`${place} ${bound}`
}

/** `and column = value`, or nothing. */
export const equals = (column: RawBuilder<unknown>, value: string | undefined): RawBuilder<unknown> =>
  value === undefined ? sql`` : sql`and ${column} = ${value}`
