import type { Reply } from '@groundlevel/contract-kit'
import type { api } from '@groundlevel/contracts'

type Detail = Reply<typeof api.timeline.rows.get>

export type Kind = 'call' | 'event' | 'delivery' | 'install' | 'token'
export type OutcomeName = 'ok' | 'failed' | 'waiting'
export type Exchange = NonNullable<Detail['exchange']>
export type Attempt = Detail['attempts'][number]

/** One row of the timeline, its time still a date. */
export interface Entry {
  readonly id: string
  readonly kind: Kind
  readonly at: Date
  readonly traceId: string | null
  readonly appId: string | null
  readonly companyId: string | null
  readonly locationId: string | null
  readonly title: string
  readonly status: number | null
  readonly outcome: OutcomeName
  readonly durationMs: number | null
  readonly why: string
}

/** A place in the timeline: rows are ordered by time, then id, both falling. */
export interface Place {
  readonly at: Date
  readonly id: string
}

export interface EntryFilter {
  /** Whose rows. Never empty. */
  readonly appIds: readonly string[]
  readonly locationId?: string | undefined
  readonly kind?: Kind | undefined
  readonly outcome?: OutcomeName | undefined
  readonly traceId?: string | undefined
  /** Part of a title, address, payload, cause or id. */
  readonly query?: string | undefined
  /** Only rows older than this place. */
  readonly before?: Place | undefined
  /** Only rows since then: bounds what a search reads. */
  readonly since?: Date | undefined
  readonly limit: number
}

export interface EntryDetail {
  readonly entry: Entry
  readonly exchange: Exchange | null
  readonly payload: string | null
  readonly attempts: readonly Attempt[]
}

/** A room that has rows for the timeline. Each looks into its own tables only; the timeline puts them in order. */
export interface TimelineSource {
  readonly kinds: readonly Kind[]
  /** Newest first, `limit` at most. */
  page(filter: EntryFilter): Promise<readonly Entry[]>
  find(appIds: readonly string[], kind: Kind, id: string): Promise<EntryDetail | undefined>
}
