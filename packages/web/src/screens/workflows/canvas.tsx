import { Controls, type Edge, type Node, ReactFlow, type ReactFlowInstance } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import classes from './canvas.module.css'
import { boxTowards, isStop } from './canvas-keys.js'
import { type CanvasActs, CanvasActsProvider, edgeTypes, KeysHint, type Mark, nodeTypes } from './canvas-parts.js'
import { type Box, type Drawing, layOut, type Spot } from './layout.js'
import { sayer, titleOf } from './says.js'
import { useKnownSources } from './sources.js'
import type { Definition } from './tree.js'
import type { Part } from './words.js'

const nodesOf = ({ boxes }: Drawing): Node[] =>
  boxes.map((box) => ({
    id: box.id,
    type: 'box',
    position: { x: box.middle - box.width / 2, y: box.top },
    width: box.width,
    height: box.height,
    measured: { width: box.width, height: box.height },
    data: { box },
  }))

const edgesOf = ({ boxes, lines }: Drawing, passed: ReadonlySet<string>): Edge[] => {
  const byId = new Map(boxes.map((box) => [box.id, box]))
  return lines.flatMap((line) => {
    const [from, to] = [byId.get(line.from), byId.get(line.to)]
    const isPassed = passed.has(line.from) && passed.has(line.to)
    const data = { line, isPassed, from, to }
    return from && to ? [{ id: line.id, source: line.from, target: line.to, type: line.jump ? 'jump' : 'gap', data }] : []
  })
}

/** Joins lie on the way of whoever came to both sides of them. */
const passedIn = ({ boxes, lines }: Drawing, marks: ReadonlyMap<string, Mark> | undefined): ReadonlySet<string> => {
  const passed = new Set(marks?.keys())
  const joins = boxes.filter(({ kind }) => kind === 'join')
  // From the last one up, since one join may lead into another.
  for (const { id } of marks ? [...joins, ...joins] : [])
    if (lines.some(({ from, to }) => to === id && passed.has(from))) passed.add(id)
  return passed
}

interface CanvasProps {
  readonly definition: Definition
  readonly readOnly?: boolean
  readonly selectedId?: string | undefined
  readonly marks?: ReadonlyMap<string, Mark> | undefined
  readonly problems?: ReadonlyMap<string, readonly string[]> | undefined
  readonly moving?: boolean
  readonly onOpen?: ((box: Box) => void) | undefined
  readonly onAddStep?: (spot: Spot, part: Part) => void
  readonly onAddTrigger?: (part: Part) => void
  readonly onMoveTo?: (spot: Spot) => void
  /** Keys that change something; the canvas itself only walks. */
  readonly onKey?: (event: KeyboardEvent, box: Box) => void
}

/** Places are ours to say: the library draws, pans and zooms. */
const fixed = {
  nodeTypes,
  edgeTypes,
  minZoom: 0.2,
  maxZoom: 1.5,
  panOnScroll: true,
  nodesDraggable: false,
  nodesConnectable: false,
  nodesFocusable: false,
  edgesFocusable: false,
  elementsSelectable: false,
  deleteKeyCode: null,
  selectionKeyCode: null,
  multiSelectionKeyCode: null,
  disableKeyboardA11y: true,
} as const

const noProblems: ReadonlyMap<string, readonly string[]> = new Map()

/** Where a step that is added at a box goes: below it. */
const spotBelow = ({ lines }: Drawing, box: Box): string | undefined => {
  const below = (id: string): string | undefined => {
    const out = lines.filter(({ from, jump }) => from === id && !jump)
    return out.find(({ spot }) => spot)?.id ?? out.map(({ to }) => below(to)).find(Boolean)
  }
  return box.kind === 'end' ? lines.find(({ to }) => to === box.id)?.id : below(box.id)
}

/** What is seen of the drawing. */
const useView = (drawing: Drawing) => {
  const frame = useRef<HTMLDivElement>(null)
  const flow = useRef<ReactFlowInstance>(null)
  const begin = (instance: ReactFlowInstance) => {
    flow.current = instance
    const width = frame.current?.clientWidth ?? 0
    const zoom = Math.min(1, Math.max(0.6, width / (drawing.width + 48)))
    void instance.setViewport({ x: width / 2 - (drawing.width / 2) * zoom, y: 20, zoom })
  }
  const show = useCallback(({ middle, top, width, height }: Box) => {
    const { current: view } = flow
    const { current: element } = frame
    if (!view || !element) return
    const { x, y, zoom } = view.getViewport()
    const [left, up] = [middle * zoom + x, top * zoom + y]
    const half = (width / 2) * zoom
    const isSeen = left > half && left < element.clientWidth - half && up > 8 && up + height * zoom < element.clientHeight - 48
    // By the size that the frame has now: the library learns of it later.
    const at = { x: element.clientWidth / 2 - middle * zoom, y: element.clientHeight / 2 - (top + height / 2) * zoom, zoom }
    if (!isSeen) void view.setViewport(at)
    const onPage = element.getBoundingClientRect().top + (isSeen ? up : at.y + top * zoom)
    if (onPage < 0 || onPage + height * zoom > window.innerHeight) element.scrollIntoView({ block: 'nearest' })
  }, [])
  return { frame, begin, show }
}

/** Which box has the focus, and which gap its menu open. */
const useWalk = (drawing: Drawing, selectedId: string | undefined) => {
  const view = useView(drawing)
  const { frame, show } = view
  const [focusId, setFocusId] = useState<string>()
  const [adding, setAdding] = useState<string>()
  // What was added, moved or found elsewhere has to be seen.
  useEffect(() => {
    const box = drawing.boxes.find(({ id }) => id === selectedId)
    if (!box || !frame.current) return
    show(box)
    // The fields of a step take their room when they are there; windows are made smaller.
    const sizes = new ResizeObserver(() => show(box))
    sizes.observe(frame.current)
    return () => sizes.disconnect()
  }, [selectedId, drawing, show, frame])
  const current = drawing.boxes.find(({ id }) => id === focusId) ?? drawing.boxes.find(isStop)
  const element = (name: string, id: string) => frame.current?.querySelector<HTMLElement>(`[data-${name}="${CSS.escape(id)}"]`)
  return {
    ...view,
    current,
    adding,
    setFocusId,
    focus: (box: Box) => {
      setFocusId(box.id)
      show(box)
      element('box', box.id)?.focus({ preventScroll: true })
    },
    startAdding: (id: string | undefined) => {
      setAdding(id)
      if (id === undefined && current) element('box', current.id)?.focus({ preventScroll: true })
    },
    clickGap: (id: string) => element('gap', id)?.click(),
  }
}

const pressing =
  (drawing: Drawing, walk: ReturnType<typeof useWalk>, { readOnly = false, moving = false, onKey }: CanvasProps) =>
  (event: KeyboardEvent) => {
    const id = (event.target as HTMLElement).closest<HTMLElement>('[data-box]')?.dataset.box
    const box = drawing.boxes.find((each) => each.id === id)
    if (!box) return
    const next = event.altKey || event.ctrlKey || event.metaKey ? undefined : boxTowards(drawing, box, event.key)
    if (next) {
      event.preventDefault()
      return walk.focus(next)
    }
    if (event.key !== '+' || readOnly) return onKey?.(event, box)
    event.preventDefault()
    const gap = box.kind === 'add-trigger' ? box.id : spotBelow(drawing, box)
    if (gap && moving) walk.clickGap(gap)
    else walk.startAdding(gap)
  }

/** The definition as a tree: read and walked by everybody, changed where the screen says how. */
export const Canvas = (props: CanvasProps) => {
  const { definition, readOnly = false, selectedId, marks, problems = noProblems, moving = false } = props
  const sources = useKnownSources()
  const { supplied, logos } = sources
  const drawing = useMemo(() => layOut(definition), [definition])
  const walk = useWalk(drawing, selectedId)
  const says = useMemo(() => sayer(definition, sources), [definition, sources])
  const passed = useMemo(() => passedIn(drawing, marks), [drawing, marks])
  const nodes = useMemo(() => nodesOf(drawing), [drawing])
  const edges = useMemo(() => edgesOf(drawing, passed), [drawing, passed])
  const acts: CanvasActs = {
    readOnly,
    focusId: walk.current?.id,
    selectedId,
    moving,
    adding: walk.adding,
    marks,
    problems,
    supplied,
    logos,
    titleOf: (part, isTrigger) => titleOf(part, isTrigger, supplied),
    says: says.part,
    open: (box) => {
      walk.setFocusId(box.id)
      props.onOpen?.(box)
    },
    focused: ({ id }) => walk.setFocusId(id),
    startAdding: walk.startAdding,
    addStep: (spot, part) => props.onAddStep?.(spot, part),
    addTrigger: (part) => props.onAddTrigger?.(part),
    moveTo: (spot) => props.onMoveTo?.(spot),
  }
  return (
    <div>
      <div
        ref={walk.frame}
        className={classes.frame}
        role="group"
        aria-label="Workflow"
        aria-describedby={readOnly ? undefined : 'canvas-keys'}
        onKeyDown={pressing(drawing, walk, props)}
      >
        <CanvasActsProvider value={acts}>
          <ReactFlow {...fixed} nodes={nodes} edges={edges} onInit={walk.begin}>
            <Controls showInteractive={false} />
          </ReactFlow>
        </CanvasActsProvider>
      </div>
      {!readOnly && <KeysHint />}
    </div>
  )
}
