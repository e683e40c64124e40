import { Button, Skeleton, Text, Title, VisuallyHidden } from '@mantine/core'
import { type DragEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { Failure } from '../../parts/failure.js'
import { countOf } from '../../parts/list/count.js'
import { useUsers } from '../contacts/words.js'
import classes from './board.module.css'
import { type CardActs, OpportunityCard } from './card.js'
import { type BoardQuestion, type Moving, shownIn, sumsIn, useColumn, useMoves, useSums } from './use-board.js'
import { type Hit, type Pipeline, type Stage, useBase, useMoney } from './words.js'

interface ColumnProps extends CardActs {
  readonly question: BoardQuestion
  readonly stage: Stage
  readonly stages: readonly Stage[]
  readonly known: { readonly totalCount: number; readonly totalValue: number } | undefined
  readonly moving: readonly Moving[]
  readonly onDrop: () => void
}

/** Says whether something is held over the column, which its own children must not end. */
const useOver = (onDrop: () => void) => {
  const depth = useRef(0)
  const [over, setOver] = useState(false)
  const step = (by: number) => {
    depth.current = Math.max(0, depth.current + by)
    setOver(depth.current > 0)
  }
  return {
    over,
    handlers: {
      onDragEnter: () => step(1),
      onDragLeave: () => step(-1),
      onDragOver: (event: DragEvent) => event.preventDefault(),
      onDrop: (event: DragEvent) => {
        event.preventDefault()
        step(-depth.current)
        onDrop()
      },
    },
  }
}

const Column = ({ question, stage, stages, known, moving, onDrop, ...acts }: ColumnProps) => {
  const pages = useColumn(question, stage.id)
  const base = useBase()
  const money = useMoney()
  const { nameOfUser } = useUsers()
  const { over, handlers } = useOver(onDrop)
  const rows = shownIn(stage.id, pages.rows, moving)
  const { totalCount, totalValue } = sumsIn(stage.id, known, moving)
  return (
    <section className={classes.column} aria-label={stage.name} data-over={over || undefined} {...handlers}>
      <div className={classes.head}>
        <Title order={2} fz="sm">
          {stage.name}
        </Title>
        <Text size="xs" c="dimmed">
          {countOf(totalCount, 'opportunity', { counted: true, plural: 'opportunities' })} · {money(totalValue)}
        </Text>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus */}
      <ul className={classes.cards} aria-label={`Opportunities in ${stage.name}`} tabIndex={0}>
        {rows.map((row) => (
          <OpportunityCard key={row.id} row={row} base={base} stages={stages} nameOfUser={nameOfUser} {...acts} />
        ))}
        {pages.pending && (
          <li aria-busy="true">
            <VisuallyHidden>Loading</VisuallyHidden>
            <Skeleton height={64} />
          </li>
        )}
        {!pages.pending && !pages.problem && rows.length === 0 && (
          <li>
            <Text size="xs" c="dimmed" ta="center" py="md">
              Nothing in this stage
            </Text>
          </li>
        )}
      </ul>
      {pages.problem && <Failure what="The stage could not be loaded" problem={pages.problem} retry={pages.retry} />}
      {pages.more && (
        <div className={classes.foot}>
          <Button fullWidth size="xs" variant="default" loading={pages.moreBusy} onClick={pages.more}>
            Show more
          </Button>
        </div>
      )}
    </section>
  )
}

interface Held {
  readonly row: Hit
  readonly at: number
}

/** Picks a card up with the space bar, carries it with the arrows, puts it down with space or Enter. */
const useKeys = (stages: readonly Stage[], send: (row: Hit, stageId: string) => void) => {
  const [held, setHeld] = useState<Held>()
  const [said, setSaid] = useState('')
  const [pressed, setPressed] = useState<{ readonly id: string }>()
  // The card is drawn anew in the column that it is carried over; the next key is for it, however soon it comes.
  useLayoutEffect(() => {
    if (pressed) document.getElementById(`card-${pressed.id}`)?.focus()
  }, [pressed])
  const nameAt = (at: number) => stages[at]?.name ?? ''
  const carry = (row: Hit, to: number) => {
    const at = Math.min(Math.max(to, 0), stages.length - 1)
    setHeld({ row, at })
    setSaid(`${row.name} over ${nameAt(at)}, stage ${at + 1} of ${stages.length}.`)
  }
  const drop = ({ row, at }: Held) => {
    setHeld(undefined)
    setSaid(`${row.name} put into ${nameAt(at)}.`)
    const to = stages[at]?.id
    if (to && to !== row.pipelineStageId) send(row, to)
  }
  const onKeys = (row: Hit, event: KeyboardEvent) => {
    const mine = held !== undefined && held.row.id === row.id ? held : undefined
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (mine && step) carry(mine.row, mine.at + step)
    else if (mine && (event.key === ' ' || event.key === 'Enter')) drop(mine)
    else if (mine && event.key === 'Escape') {
      setHeld(undefined)
      setSaid(`${row.name} stays where it was.`)
    } else if (!mine && event.key === ' ') {
      const at = stages.findIndex(({ id }) => id === row.pipelineStageId)
      setHeld({ row, at })
      setSaid(`${row.name} picked up. Left and right carry it, space puts it down, Escape leaves it.`)
    } else return
    event.preventDefault()
    event.stopPropagation()
    setPressed({ id: row.id ?? '' })
  }
  return { held, said, onKeys }
}

/** Opportunities of a pipeline, a column a stage. */
export const Board = ({ pipeline, question }: { pipeline: Pipeline; question: BoardQuestion }) => {
  const { stages } = pipeline
  const sums = useSums(question)
  const { moving, move, problem } = useMoves()
  const [dragged, setDragged] = useState<Hit>()
  const send = (row: Hit, stageId: string) => void move(row, pipeline.id, stageId)
  const { held, said, onKeys } = useKeys(stages, send)
  const carried = held && stages[held.at] ? [...moving, { row: held.row, to: stages[held.at]?.id ?? '' }] : moving
  const known = new Map((sums.data?.stageAggregations ?? []).map((each) => [each.pipelineStageId, each]))
  const drop = (stageId: string) => {
    if (dragged && dragged.pipelineStageId !== stageId) send(dragged, stageId)
    setDragged(undefined)
  }
  return (
    <>
      {problem && <Failure what="The opportunity was not moved" problem={problem} focus />}
      <VisuallyHidden id="board-keys">Press space to pick it up and move it to another stage.</VisuallyHidden>
      <VisuallyHidden role="status" aria-live="assertive">
        {said}
      </VisuallyHidden>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus */}
      <div className={classes.board} tabIndex={0} role="group" aria-label={`Stages of ${pipeline.name}`}>
        {stages.map((stage) => (
          <Column
            key={stage.id}
            question={question}
            stage={stage}
            stages={stages}
            known={known.get(stage.id)}
            moving={carried}
            heldId={held?.row.id ?? undefined}
            onKeys={onKeys}
            onDragStart={setDragged}
            onDragEnd={() => setDragged(undefined)}
            onDrop={() => drop(stage.id)}
            onMove={send}
          />
        ))}
      </div>
    </>
  )
}
