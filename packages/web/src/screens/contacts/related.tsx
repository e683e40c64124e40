import { Anchor, Badge, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Empty } from '../../parts/empty.js'
import { Loaded } from '../../parts/loaded.js'
import { Card } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import type { Problem } from '../../problem.js'
import classes from './contact.module.css'

/** One thing that belongs to a contact or an opportunity. */
export interface Related {
  readonly id: string
  readonly title: string
  /** Its own page. */
  readonly to?: string | undefined
  readonly detail?: string | undefined
  readonly state?: string | undefined
  readonly at?: string | null | undefined
}

interface RelatedListProps<T> {
  readonly title: string
  readonly from: UseQueryResult<T, Problem>
  readonly rowsOf: (found: T) => readonly Related[]
  /** Where all of them are. */
  readonly actions?: ReactNode
  /** What there is not, and how it comes to be. */
  readonly none: string
  readonly first: string
}

const Row = ({ row }: { row: Related }) => (
  <li className={classes.item}>
    <div className={classes.grow}>
      {row.to ? (
        <Anchor component={Link} to={row.to} size="sm" fw={500}>
          {row.title}
        </Anchor>
      ) : (
        <Text size="sm" fw={500}>
          {row.title}
        </Text>
      )}
      {row.detail && (
        <Text size="sm" c="dimmed">
          {row.detail}
        </Text>
      )}
    </div>
    {row.state && (
      <Badge size="sm" color="gray" c="var(--mantine-color-text)">
        {row.state}
      </Badge>
    )}
    {row.at && (
      <Text size="xs" c="dimmed" component="div">
        <When at={row.at} />
      </Text>
    )}
  </li>
)

/** What of another screen belongs to this one, with the way there. */
export const RelatedList = <T,>({ title, from, rowsOf, actions, none, first }: RelatedListProps<T>) => (
  <Card title={title} actions={actions} flush>
    <Loaded from={from} what={title}>
      {(found) => {
        const rows = rowsOf(found)
        return rows.length === 0 ? (
          <Empty title={none}>{first}</Empty>
        ) : (
          <ul style={{ listStyle: 'none', margin: 0, padding: 0 }} aria-label={title}>
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
        )
      }}
    </Loaded>
  </Card>
)
