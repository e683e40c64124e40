import { Menu, ScrollArea, Text, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconBolt, IconCheck, IconClockHour4, IconPlus, IconX } from '@tabler/icons-react'
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, Handle, type NodeProps, Position } from '@xyflow/react'
import { createContext, useContext } from 'react'
import { AppLogo } from '../../parts/app-logo.js'
import { overlaysId } from '../../theme.js'
import classes from './canvas.module.css'
import { offered } from './kinds.js'
import type { Box, Line, Spot } from './layout.js'
import { definedBy } from './supplied.js'
import type { Part, Supplied } from './words.js'

/** What became of a step: in a run, or on trial. */
export interface Mark {
  readonly outcome: string
  readonly word: string
  readonly times: number
}

/** What boxes and lines ask of the canvas that they are drawn on. */
export interface CanvasActs {
  readonly readOnly: boolean
  /** The box that a tab key reaches. */
  readonly focusId: string | undefined
  readonly selectedId: string | undefined
  /** A step that is being moved: every gap takes it. */
  readonly moving: boolean
  /** The gap or the box whose menu of kinds is open. */
  readonly adding: string | undefined
  readonly marks: ReadonlyMap<string, Mark> | undefined
  readonly problems: ReadonlyMap<string, readonly string[]>
  readonly supplied: Supplied
  /** Pictures of apps. */
  readonly logos: ReadonlyMap<string, string>
  titleOf(part: Part, isTrigger: boolean): string
  says(part: Part, isTrigger: boolean): string
  open(box: Box): void
  focused(box: Box): void
  startAdding(id: string | undefined): void
  addStep(spot: Spot, part: Part): void
  addTrigger(part: Part): void
  moveTo(spot: Spot): void
}

/** A line with what it joins. */
export interface LineData {
  readonly line: Line
  readonly isPassed: boolean
  readonly from: Box
  readonly to: Box
}

type Point = readonly [number, number]

const ActsContext = createContext<CanvasActs | undefined>(undefined)
export const CanvasActsProvider = ActsContext.Provider

const useActs = (): CanvasActs => {
  const acts = useContext(ActsContext)
  if (!acts) throw new Error('A part of the canvas is drawn outside of one.')
  return acts
}

interface KindMenuProps {
  readonly id: string
  readonly isTrigger: boolean
  readonly label: string
  readonly className: string | undefined
  readonly onPick: (part: Part) => void
  readonly children: React.ReactNode
  readonly stop?: boolean
}

/** Which kind it shall be. */
const KindMenu = ({ id, isTrigger, label, className, onPick, children, stop = false }: KindMenuProps) => {
  const { adding, startAdding, focusId, supplied, logos } = useActs()
  return (
    <Menu
      opened={adding === id}
      onChange={(open) => startAdding(open ? id : undefined)}
      position="bottom"
      shadow="md"
      width={250}
      returnFocus={false}
      withinPortal
      portalProps={{ target: `#${overlaysId}` }}
    >
      <Menu.Target>
        <button
          type="button"
          className={`nodrag nopan ${className}`}
          aria-label={label}
          data-box={stop ? id : undefined}
          data-gap={stop ? undefined : id}
          tabIndex={stop && focusId === id ? 0 : -1}
        >
          {children}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={320} type="auto">
          {offered(isTrigger, supplied).map(({ group, appId, kinds }) => (
            <div key={appId ?? group} role="group" aria-label={group}>
              <Menu.Label className={classes.offer ?? ''}>
                {appId && <AppLogo logo={logos.get(appId) ?? ''} name={group} size={18} />}
                {group}
              </Menu.Label>
              {kinds.map(({ id: kindId, kind, part }) => (
                <Menu.Item key={kindId} onClick={() => onPick(part)}>
                  {kind.label}
                </Menu.Item>
              ))}
            </div>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  )
}

const icons: Readonly<Record<string, typeof IconCheck>> = {
  done: IconCheck,
  branch: IconCheck,
  failed: IconX,
  waiting: IconClockHour4,
}

const MarkLine = ({ mark }: { mark: Mark }) => {
  const Icon = icons[mark.outcome] ?? IconCheck
  return (
    <span className={classes.mark} data-outcome={mark.outcome}>
      <Icon size={13} aria-hidden /> {mark.word}
      {mark.times > 1 && ` ${mark.times}×`}
    </span>
  )
}

/** Without them the library draws no line; where ours begin and end we say ourselves. */
const ties = (
  <>
    <Handle type="target" position={Position.Top} isConnectable={false} className={classes.tie ?? ''} />
    <Handle type="source" position={Position.Bottom} isConnectable={false} className={classes.tie ?? ''} />
  </>
)

/** A trigger or a step. */
const Card = ({ box, part }: { box: Box; part: Part }) => {
  const acts = useActs()
  const isTrigger = box.kind === 'trigger'
  const [title, says] = [acts.titleOf(part, isTrigger), acts.says(part, isTrigger)]
  const app = definedBy(part, isTrigger, acts.supplied)
  const mark = acts.marks?.get(box.id)
  const wrong = acts.problems.get(box.id)
  return (
    <button
      type="button"
      className={`nodrag nopan ${classes.card}`}
      data-box={box.id}
      data-kind={box.kind}
      data-selected={acts.selectedId === box.id || undefined}
      data-wrong={wrong ? true : undefined}
      data-passed={acts.marks ? mark !== undefined : undefined}
      data-outcome={mark?.outcome}
      aria-pressed={acts.selectedId === box.id}
      tabIndex={acts.focusId === box.id ? 0 : -1}
      onFocus={() => acts.focused(box)}
      onClick={() => acts.open(box)}
    >
      <span className={classes.title}>
        <VisuallyHidden>{isTrigger ? 'Trigger: ' : 'Step: '}</VisuallyHidden>
        {app ? (
          <AppLogo logo={acts.logos.get(app.appId) ?? ''} name={app.appName} size={16} />
        ) : (
          isTrigger && <IconBolt size={14} aria-hidden />
        )}
        <span className={classes.name}>{title}</span>
        {wrong && <IconAlertTriangle size={15} aria-hidden className={classes.warn} />}
        {mark && <MarkLine mark={mark} />}
      </span>
      <span className={classes.says}>{wrong ? `Refused: ${wrong[0]}` : says}</span>
    </button>
  )
}

const Label = ({ box }: { box: Box }) => {
  const { focusId, focused, open, marks } = useActs()
  return (
    <button
      type="button"
      className={`nodrag nopan ${box.kind === 'end' ? classes.end : classes.way}`}
      data-box={box.id}
      data-passed={marks ? marks.has(box.id) : undefined}
      tabIndex={focusId === box.id ? 0 : -1}
      onFocus={() => focused(box)}
      onClick={() => open(box)}
    >
      {box.kind === 'end' ? 'End' : box.label}
      <VisuallyHidden>{box.kind === 'end' ? ' of the workflow' : ' way'}</VisuallyHidden>
    </button>
  )
}

const AddTrigger = ({ id }: { id: string }) => {
  const { readOnly, addTrigger } = useActs()
  if (readOnly) return null
  return (
    <KindMenu id={id} isTrigger label="Add trigger" className={classes.addTrigger} onPick={addTrigger} stop>
      <IconPlus size={14} aria-hidden /> Add trigger
    </KindMenu>
  )
}

const BoxNode = ({ data }: NodeProps) => {
  const box = (data as { box: Box }).box
  return (
    <div style={{ width: box.width, height: box.height }}>
      {ties}
      {box.part ? <Card box={box} part={box.part} /> : null}
      {(box.kind === 'way' || box.kind === 'end') && <Label box={box} />}
      {box.kind === 'add-trigger' && <AddTrigger id={box.id} />}
    </div>
  )
}

const Gap = ({ line: { id }, spot }: { line: Line; spot: Spot }) => {
  const { moving, moveTo, addStep } = useActs()
  if (moving)
    return (
      <button
        type="button"
        className={`nodrag nopan ${classes.gap}`}
        data-moving
        data-gap={id}
        aria-label="Move it here"
        onClick={() => moveTo(spot)}
      >
        Here
      </button>
    )
  return (
    <KindMenu id={id} isTrigger={false} label="Add step here" className={classes.gap} onPick={(part) => addStep(spot, part)}>
      <IconPlus size={14} aria-hidden />
    </KindMenu>
  )
}

/** Down, across, down. */
const elbow = ([x, y]: Point, [toX, toY]: Point, turnY: number): string => {
  if (Math.abs(toX - x) < 1) return `M ${x} ${y} V ${toY}`
  const side = Math.sign(toX - x)
  const r = Math.min(8, Math.abs(toX - x) / 2, turnY - y, toY - turnY)
  return `M ${x} ${y} V ${turnY - r} Q ${x} ${turnY} ${x + side * r} ${turnY} H ${toX - side * r} Q ${toX} ${turnY} ${toX} ${turnY + r} V ${toY}`
}

const GapLine = ({ data }: EdgeProps) => {
  const { line, isPassed, from, to } = data as unknown as LineData
  const { readOnly } = useActs()
  const [x, y] = [from.middle, from.top + from.height]
  const path = elbow([x, y], [to.middle, to.top + (to.kind === 'join' ? to.height : 0)], line.fan ? y + 20 : to.top - 12)
  return (
    <>
      <BaseEdge
        path={path}
        className={classes.line ?? ''}
        data-dead={line.dead || undefined}
        data-passed={isPassed || undefined}
      />
      {line.spot && !readOnly && (
        <EdgeLabelRenderer>
          <div className={classes.gapPlace} style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y + 26}px)` }}>
            <Gap line={line} spot={line.spot} />
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
}

/** From a step to the one that it goes on at: beside everything else. */
const JumpLine = ({ data }: EdgeProps) => {
  const { from, to } = data as unknown as LineData
  const [x, y] = [from.middle + from.width / 2, from.top + from.height / 2]
  const [toX, toY] = [to.middle + to.width / 2, to.top + to.height / 2]
  const bend = Math.max(x, toX) + 40
  return (
    <BaseEdge path={`M ${x} ${y} C ${bend} ${y}, ${bend} ${toY}, ${toX} ${toY}`} className={`${classes.line} ${classes.jump}`} />
  )
}

export const nodeTypes = { box: BoxNode }
export const edgeTypes = { gap: GapLine, jump: JumpLine }

/** What the keys do, for who uses them. */
export const KeysHint = () => (
  <Text size="xs" c="dimmed" id="canvas-keys" className={classes.hint}>
    Arrow keys walk, Enter opens, + adds, Delete removes, Alt and an arrow moves, Ctrl Z takes back.
  </Text>
)
