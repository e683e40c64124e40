import { Badge, Button, SegmentedControl, Text } from '@mantine/core'
import { useState } from 'react'
import { Empty } from '../../parts/empty.js'
import classes from './snapshots.module.css'
import { type Change, kindName } from './words.js'

const marks = { added: ['+', 'green'], removed: ['−', 'red'], changed: ['~', 'yellow'] } as const
const words = { added: 'Added', removed: 'Removed', changed: 'Changed' } as const
const filters = [{ value: '', label: 'All' }, ...Object.entries(words).map(([value, label]) => ({ value, label }))]

/** `settings.slotDuration` as `settings › slotDuration`. */
const pathOf = (path: string) => path.split('.').join(' › ')

const Differences = ({ change }: { change: Change }) => (
  <div className={classes.values}>
    {change.differences.map(({ path, before, after }) => [
      <span key={`${path} name`} className={classes.name}>
        {pathOf(path)}
      </span>,
      <code key={`${path} before`} className={classes.before}>
        <span className="mantine-visually-hidden">Before: </span>
        {before || '(nothing)'}
      </code>,
      <code key={`${path} after`} className={classes.after}>
        <span className="mantine-visually-hidden">After: </span>
        {after || '(nothing)'}
      </code>,
    ])}
  </div>
)

const One = ({ change }: { change: Change }) => {
  const [mark, color] = marks[change.change]
  return (
    <li className={classes.row}>
      <Badge size="sm" color={color} c="var(--mantine-color-text)" variant="light">
        {mark} {words[change.change]}
      </Badge>
      <div className={classes.grow}>
        <Text size="sm" fw={500} span>
          {change.name}
        </Text>{' '}
        <Text size="xs" c="dimmed" span>
          {kindName(change.kind)}
        </Text>
        {change.differences.length > 0 && <Differences change={change} />}
      </div>
    </li>
  )
}

const step = 200

/** What was added, removed and changed, one by one. */
export const ChangeList = ({ changes }: { changes: readonly Change[] }) => {
  const [only, setOnly] = useState('')
  const [most, setMost] = useState(step)
  const rows = only === '' ? changes : changes.filter(({ change }) => change === only)
  return (
    <>
      <div className={classes.row}>
        <SegmentedControl size="xs" aria-label="Which changes" data={filters} value={only} onChange={setOnly} />
      </div>
      {rows.length === 0 && <Empty title="None of these">Choose All to see every change.</Empty>}
      <ul className={classes.list} aria-label="Changes">
        {rows.slice(0, most).map((change) => (
          <One key={`${change.kind} ${change.key}`} change={change} />
        ))}
      </ul>
      {rows.length > most && (
        <Button m="sm" size="xs" variant="default" onClick={() => setMost(most + step)}>
          Show {Math.min(step, rows.length - most)} more of {rows.length}
        </Button>
      )}
    </>
  )
}
