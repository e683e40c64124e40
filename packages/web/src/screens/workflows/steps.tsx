import { Text } from '@mantine/core'
import { IconBolt } from '@tabler/icons-react'
import { detailOf, nameOfType, type Part, waysOf } from './words.js'
import classes from './workflow.module.css'

const OneStep = ({ part }: { part: Part }) => (
  <li className={classes.step}>
    <div className={classes.box}>
      <Text size="sm" fw={600}>
        {nameOfType(part.type)}
      </Text>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {detailOf(part)}
      </Text>
    </div>
    {waysOf(part).map(({ label, actions }) => (
      <div key={label} className={classes.way}>
        <Text size="xs" fw={600}>
          {label}
        </Text>
        <Steps actions={actions} label={label} />
      </div>
    ))}
  </li>
)

/** Steps one below the other, with the ways on from each. */
export const Steps = ({ actions, label }: { actions: readonly Part[]; label: string }) =>
  actions.length === 0 ? (
    <Text size="xs" c="dimmed" py={6}>
      Nothing
    </Text>
  ) : (
    <ol className={classes.steps} aria-label={label}>
      {actions.map((part, at) => (
        <OneStep key={String(part.id ?? at)} part={part} />
      ))}
    </ol>
  )

/** What begins a workflow. */
export const Triggers = ({ triggers }: { triggers: readonly Part[] }) =>
  triggers.length === 0 ? (
    <Text size="sm" c="dimmed">
      Nothing begins it by itself: contacts are put into it by hand, by an app or by another workflow.
    </Text>
  ) : (
    <ul className={classes.steps} aria-label="What begins it">
      {triggers.map((part, at) => (
        <li key={String(part.id ?? at)} className={classes.box}>
          <Text size="sm" fw={600}>
            <IconBolt size={14} aria-hidden /> {nameOfType(part.type)}
          </Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {detailOf(part)}
          </Text>
        </li>
      ))}
    </ul>
  )
