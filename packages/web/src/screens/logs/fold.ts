import type { Reply } from '@groundlevel/contract-kit'
import type { timeline } from '@groundlevel/contracts'

export type Row = Reply<typeof timeline.rows.list>['rows'][number]

/** A cause and what it led to, oldest first. */
export interface Folded {
  readonly cause: Row
  readonly effects: readonly Row[]
}

/** Within one millisecond the order of cause and effect: a call makes an event, an event makes deliveries. */
const rank: Readonly<Record<Row['kind'], number>> = { call: 0, token: 1, install: 2, event: 3, delivery: 4 }

const byCause = (a: Row, b: Row) => a.at.localeCompare(b.at) || rank[a.kind] - rank[b.kind]

/** Folds rows of one trace under their cause. The list stays newest first: a group stands where its newest row stood. */
export const fold = (rows: readonly Row[]): readonly Folded[] => {
  const traces = new Map<string, Row[]>()
  for (const row of rows) {
    const key = row.traceId ?? `${row.kind}:${row.id}`
    traces.set(key, [...(traces.get(key) ?? []), row])
  }
  return [...traces.values()].flatMap((trace) => {
    const [cause, ...effects] = [...trace].sort(byCause)
    return cause ? [{ cause, effects }] : []
  })
}
