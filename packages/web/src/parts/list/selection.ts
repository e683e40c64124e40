import { useMemo, useState } from 'react'

/** Which rows are chosen for a bulk act. Rows that are no longer listed stay chosen: the list may only have been narrowed. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  flip(id: string, range?: boolean): void
  /** All of the given rows, or none where they all are already. */
  flipAll(): void
  readonly all: boolean
  clear(): void
}

export const useSelection = (listed: readonly string[]): Selection => {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [last, setLast] = useState<string>()
  const all = useMemo(() => listed.length > 0 && listed.every((id) => ids.has(id)), [listed, ids])
  const flip = (id: string, range = false) => {
    const next = new Set(ids)
    const from = last === undefined ? -1 : listed.indexOf(last)
    const to = listed.indexOf(id)
    if (range && from >= 0 && to >= 0) {
      for (const each of listed.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(each)
    } else if (!next.delete(id)) next.add(id)
    setIds(next)
    setLast(id)
  }
  const flipAll = () => {
    const next = new Set(ids)
    for (const id of listed) {
      if (all) next.delete(id)
      else next.add(id)
    }
    setIds(next)
  }
  return { ids, flip, flipAll, all, clear: () => setIds(new Set()) }
}
