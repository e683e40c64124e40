import { useHotkeys } from '@mantine/hooks'
import { useState } from 'react'
import type { Folded } from './fold.js'
import { keyOfRow } from './line.js'

/** j and k mark, Enter opens, x unfolds. Nothing while the drawer is open: it has keys of its own. */
export const useRowKeys = (groups: readonly Folded[], busy: boolean, onOpen: (row: string) => void) => {
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set())
  const [marked, setMarked] = useState<string>()
  const rows = groups
    .flatMap(({ cause, effects }) => (unfolded.has(keyOfRow(cause)) ? [cause, ...effects] : [cause]))
    .map(keyOfRow)
  const flip = (key: string) => {
    const next = new Set(unfolded)
    if (!next.delete(key)) next.add(key)
    setUnfolded(next)
  }
  const step = (by: number) => {
    if (busy || rows.length === 0) return
    const at = marked === undefined ? -1 : rows.indexOf(marked)
    const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)]
    setMarked(next)
    document.querySelector(`[data-row="${CSS.escape(next ?? '')}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  useHotkeys([
    ['j', () => step(1)],
    ['k', () => step(-1)],
    ['x', () => !busy && marked && flip(marked)],
    // A focused button keeps its own Enter.
    ['Enter', () => !busy && marked && document.activeElement?.tagName !== 'BUTTON' && onOpen(marked), { preventDefault: false }],
  ])
  return { marked, unfolded, flip }
}
