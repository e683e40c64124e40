import { useHotkeys } from '@mantine/hooks'
import { useState } from 'react'

export const searchFieldId = 'list-search'

/** Somebody is typing. A checkbox takes no letters, so the keys go on after one was pressed. */
const typing = () => {
  const { activeElement: at } = document
  if (at instanceof HTMLInputElement) return at.type !== 'checkbox'
  return at instanceof HTMLElement && (['TEXTAREA', 'SELECT'].includes(at.tagName) || at.isContentEditable)
}

/** A dialog, a drawer or a menu has keys of its own. */
const covered = () => typing() || document.querySelector('[role="dialog"], [role="menu"]') !== null
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
  const own = { preventDefault: false }
  useHotkeys(
    [
      ['j', () => step(1), own],
      ['k', () => step(-1), own],
      ['x', () => !covered() && here && onFlip?.(here), own],
      ['Enter', () => !covered() && here && !onControl() && onOpen(here), own],
      [
        'Escape',
        () => {
          if (covered()) return
          setMarked(undefined)
          onEscape?.()
        },
        own,
      ],
      [
        '/',
        (event) => {
          if (covered()) return
          event.preventDefault()
          document.getElementById(searchFieldId)?.focus()
        },
        own,
      ],
    ],
    [],
  )
  return here
}
