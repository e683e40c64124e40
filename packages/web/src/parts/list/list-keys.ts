import { useHotkeys } from '@mantine/hooks'
import { useState } from 'react'

export const searchFieldId = 'list-search'

/** A dialog, a drawer or a menu has keys of its own. */
const covered = () => document.querySelector('[role="dialog"], [role="menu"]') !== null
/** A focused link or button keeps its own Enter. */
const onControl = () => ['A', 'BUTTON'].includes(document.activeElement?.tagName ?? '')

interface ListKeys {
  readonly ids: readonly string[]
  onMove(index: number): void
  onOpen(id: string): void
  onFlip?: ((id: string) => void) | undefined
  onEscape?: (() => void) | undefined
}

/** j and k mark a row, Enter opens it, x chooses it, Esc lets go, / goes to the search. Gives the marked row. */
export const useListKeys = ({ ids, onMove, onOpen, onFlip, onEscape }: ListKeys): string | undefined => {
  const [marked, setMarked] = useState<string>()
  const here = marked !== undefined && ids.includes(marked) ? marked : undefined
  const step = (by: number) => {
    if (covered() || ids.length === 0) return
    const at = here === undefined ? -1 : ids.indexOf(here)
    const next = Math.min(Math.max(at + by, 0), ids.length - 1)
    setMarked(ids[next])
    onMove(next)
  }
  useHotkeys([
    ['j', () => step(1)],
    ['k', () => step(-1)],
    ['x', () => !covered() && here && onFlip?.(here)],
    ['Enter', () => !covered() && here && !onControl() && onOpen(here), { preventDefault: false }],
    [
      'Escape',
      () => {
        if (covered()) return
        setMarked(undefined)
        onEscape?.()
      },
      { preventDefault: false },
    ],
    ['/', () => !covered() && document.getElementById(searchFieldId)?.focus()],
  ])
  return here
}
