import type { Box, Drawing } from './layout.js'

/** Boxes that can have the focus. */
export const isStop = ({ kind }: Box) => kind !== 'join'

const along = ({ boxes, lines }: Drawing, id: string, way: 'from' | 'to'): Box | undefined => {
  const other = way === 'from' ? 'to' : 'from'
  for (const line of lines) {
    if (line[way] !== id || line.jump) continue
    const box = boxes.find((each) => each.id === line[other])
    if (!box) continue
    if (isStop(box)) return box
    const further = along({ boxes, lines } as Drawing, box.id, way)
    if (further) return further
  }
  return undefined
}

const beside = ({ boxes }: Drawing, from: Box, by: -1 | 1): Box | undefined => {
  const away = ({ middle, top }: Box) => Math.abs(middle - from.middle) + 8 * Math.abs(top - from.top)
  return boxes
    .filter((box) => isStop(box) && (box.middle - from.middle) * by > 1)
    .reduce<Box | undefined>((nearest, box) => (!nearest || away(box) < away(nearest) ? box : nearest), undefined)
}

/** The box that an arrow key leads to: along the lines, or to what stands beside. */
export const boxTowards = (drawing: Drawing, from: Box, key: string): Box | undefined => {
  if (key === 'ArrowDown') return along(drawing, from.id, 'from')
  if (key === 'ArrowUp') return along(drawing, from.id, 'to')
  if (key === 'ArrowLeft') return beside(drawing, from, -1)
  if (key === 'ArrowRight') return beside(drawing, from, 1)
  if (key === 'Home') return drawing.boxes.find(isStop)
  return key === 'End' ? drawing.boxes.findLast(isStop) : undefined
}
