import { ActionIcon, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { StatusDot } from '../../parts/status-dot.js'
import { When } from '../../parts/when.js'
import type { Folded, Row } from './fold.js'
import classes from './logs.module.css'

export const kindNames: Readonly<Record<Row['kind'], string>> = {
  call: 'API call',
  event: 'Event',
  delivery: 'Delivery',
  install: 'Install',
  token: 'Token',
}

export const keyOfRow = (row: Row) => `${row.kind}:${row.id}`

export const msOf = (durationMs: number | null) => {
  if (durationMs === null) return ''
  return durationMs < 10 ? `${durationMs.toFixed(1)} ms` : `${Math.round(durationMs)} ms`
}

interface LineProps {
  readonly row: Row
  readonly marked: boolean
  readonly effect?: boolean
  readonly onOpen: () => void
  readonly children?: React.ReactNode
}

const Line = ({ row, marked, effect = false, onOpen, children }: LineProps) => (
  <>
    <div className={`${classes.line} ${effect ? classes.effect : ''}`} data-marked={marked || undefined} data-row={keyOfRow(row)}>
      <StatusDot outcome={row.outcome} />
      <span className={classes.kind}>{kindNames[row.kind]}</span>
      <span className={classes.title}>
        <UnstyledButton className={classes.open} onClick={onOpen}>
          {row.title}
        </UnstyledButton>
        {children}
      </span>
      <span className={`${classes.right} ${classes.status}`}>{row.status ?? ''}</span>
      <span className={`${classes.right} ${classes.muted} ${classes.duration}`}>{msOf(row.durationMs)}</span>
      <span className={`${classes.right} ${classes.muted} ${classes.at}`}>
        <When at={row.at} />
      </span>
    </div>
    {row.why && <div className={classes.why}>{row.why}</div>}
  </>
)

const worst = (effects: readonly Row[]) =>
  effects.some((row) => row.outcome === 'failed') ? 'failed' : effects.some((row) => row.outcome === 'waiting') ? 'waiting' : 'ok'

interface GroupProps {
  readonly group: Folded
  readonly unfolded: boolean
  readonly marked: string | undefined
  readonly onFold: () => void
  readonly onOpen: (row: Row) => void
}

/** A cause with what it led to folded below; how the folded rows went shows without opening. */
export const TraceGroup = ({ group: { cause, effects }, unfolded, marked, onFold, onOpen }: GroupProps) => (
  <li>
    <Line row={cause} marked={marked === keyOfRow(cause)} onOpen={() => onOpen(cause)}>
      {effects.length > 0 && (
        <>
          <ActionIcon
            variant="subtle"
            color="gray"
            c="dimmed"
            size="xs"
            aria-expanded={unfolded}
            aria-label={`${unfolded ? 'Hide' : 'Show'} what ${cause.title} led to`}
            onClick={onFold}
          >
            {unfolded ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
          </ActionIcon>
          <StatusDot outcome={worst(effects)}>{effects.length} more</StatusDot>
        </>
      )}
    </Line>
    {unfolded &&
      effects.map((row) => (
        <Line key={keyOfRow(row)} row={row} effect marked={marked === keyOfRow(row)} onOpen={() => onOpen(row)} />
      ))}
  </li>
)
