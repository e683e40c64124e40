import { type Definition, type Path, waysOf } from './tree.js'
import type { Part } from './words.js'

/** Where a step can be put: into a list, before the one that stands at the index. */
export interface Spot {
  readonly list: Path
  readonly at: number
}

export type BoxKind = 'trigger' | 'add-trigger' | 'step' | 'way' | 'join' | 'end'

/** Something that is drawn: its middle line and its top. */
export interface Box {
  readonly id: string
  readonly kind: BoxKind
  readonly middle: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** Of a trigger or a step its place; of a way the place of its list. */
  readonly path: Path
  readonly part?: Part
  readonly label?: string
  /** What the history calls a way. */
  readonly told?: string
}

export interface Line {
  readonly id: string
  readonly from: string
  readonly to: string
  /** What a new step between the two becomes. */
  readonly spot?: Spot
  /** Nobody comes along here: what stands before it ends the way or leads elsewhere. */
  readonly dead?: boolean
  /** Spreads out at its beginning; others do at their end. */
  readonly fan?: boolean
  /** From a step to the one that it goes on at. */
  readonly jump?: boolean
}

export interface Drawing {
  readonly boxes: readonly Box[]
  readonly lines: readonly Line[]
  readonly width: number
  readonly height: number
}

export const stepWidth = 264
const stepHeight = 66
const wayWidth = 200
const wayHeight = 28
const gap = 52
const columnGap = 28

const widthOf = (part: Part): number => {
  const ways = waysOf(part)
  const columns = ways.reduce((sum, { actions }) => sum + widthOfList(actions), 0) + columnGap * Math.max(0, ways.length - 1)
  return Math.max(stepWidth, columns)
}

const widthOfList = (parts: readonly Part[]): number => Math.max(stepWidth, ...parts.map(widthOf))

const leaves = ({ type }: Part) => type === 'end' || type === 'go_to'

interface Exit {
  readonly id: string
  readonly dead: boolean
}

/** Boxes and lines as they come, top to bottom. */
const drawer = () => {
  const boxes: Box[] = []
  const lines: Line[] = []
  const box = (made: Omit<Box, 'width' | 'height'> & Partial<Pick<Box, 'width' | 'height'>>) => {
    boxes.push({ width: stepWidth, height: stepHeight, ...made })
    return made.id
  }
  const line = (from: Exit, to: string, more: Pick<Line, 'spot' | 'fan'> = {}) =>
    lines.push({ id: `${from.id}>${to}`, from: from.id, to, ...(from.dead ? { dead: true } : {}), ...more })
  return { boxes, lines, box, line }
}

/** Layers from the top down: a step below the other, ways beside each other, and where they meet again. */
export const layOut = ({ triggers, actions }: Definition): Drawing => {
  const { boxes, lines, box, line } = drawer()
  const row = (triggers.length + 1) * (stepWidth + columnGap) - columnGap
  const width = Math.max(row, widthOfList(actions))
  const middle = width / 2

  const ways = (part: Part, id: string, path: Path, centre: number, top: number): { exit: Exit; bottom: number } => {
    const columns = waysOf(part)
    let left = centre - (columns.reduce((sum, { actions: more }) => sum + widthOfList(more) + columnGap, 0) - columnGap) / 2
    const ends = columns.map(({ key, label, told, actions: inner }) => {
      const own = widthOfList(inner)
      const at = left + own / 2
      left += own + columnGap
      const listPath = [...path, ...key]
      const name = `${id}.${key.join('.')}`
      box({ id: name, kind: 'way', middle: at, top: top + gap, width: wayWidth, height: wayHeight, path: listPath, label, told })
      line({ id, dead: false }, name, { fan: true })
      return {
        ...lay(inner, listPath, at, top + gap + wayHeight, { id: name, dead: false }),
        list: listPath,
        count: inner.length,
      }
    })
    const bottom = Math.max(...ends.map((end) => end.bottom)) + gap
    const join = box({ id: `${id}.join`, kind: 'join', middle: centre, top: bottom, width: 2, height: 2, path })
    for (const { exit, list, count } of ends) line(exit, join, { spot: { list, at: count } })
    return { exit: { id: join, dead: ends.every(({ exit }) => exit.dead) }, bottom: bottom + 2 }
  }

  const lay = (parts: readonly Part[], list: Path, centre: number, from: number, entry: Exit): { exit: Exit; bottom: number } => {
    let [exit, bottom] = [entry, from]
    parts.forEach((part, at) => {
      const id = String(part.id)
      const path = [...list, at]
      const top = bottom + gap
      box({ id, kind: 'step', middle: centre, top, path, part })
      line(exit, id, { spot: { list, at } })
      exit = { id, dead: leaves(part) }
      bottom = top + stepHeight
      if (waysOf(part).length > 0) ({ exit, bottom } = ways(part, id, path, centre, bottom))
    })
    return { exit, bottom }
  }

  let left = middle - row / 2 + stepWidth / 2
  const start = stepHeight + gap / 2
  triggers.forEach((part, at) => {
    box({ id: String(part.id), kind: 'trigger', middle: left, top: 0, path: ['triggers', at], part })
    left += stepWidth + columnGap
  })
  box({ id: 'add-trigger', kind: 'add-trigger', middle: left, top: 0, path: ['triggers', triggers.length] })
  box({ id: 'start', kind: 'join', middle, top: start, width: 2, height: 2, path: ['actions'] })
  for (const { id } of triggers) line({ id: String(id), dead: false }, 'start')
  if (triggers.length === 0) line({ id: 'add-trigger', dead: true }, 'start')
  const { exit, bottom } = lay(actions, ['actions'], middle, start + 2, { id: 'start', dead: false })
  box({ id: 'end', kind: 'end', middle, top: bottom + gap, width: 96, height: wayHeight, path: ['actions'] })
  line(exit, 'end', { spot: { list: ['actions'], at: actions.length } })
  const known = new Set(boxes.map(({ id }) => id))
  for (const { id, part } of boxes)
    if (part?.type === 'go_to' && known.has(String(part.actionId)))
      lines.push({ id: `${id}>>${String(part.actionId)}`, from: id, to: String(part.actionId), jump: true })
  return { boxes, lines, width, height: bottom + gap + wayHeight }
}
