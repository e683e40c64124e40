import { snapshots } from '@groundlevel/contracts'
import { Anchor, Button, Text } from '@mantine/core'
import { Link } from 'react-router'
import { useAsk } from '../../api.js'
import { Empty } from '../../parts/empty.js'
import { countOf } from '../../parts/list/count.js'
import { Loaded } from '../../parts/loaded.js'
import { Card } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import classes from './snapshots.module.css'
import { changesOf, type Entry, type Snapshot, useBase, useCompanyId } from './words.js'

const Row = ({ entry, shown, before }: { entry: Entry; shown: boolean; before: Entry | undefined }) => {
  const base = useBase()
  return (
    <li className={classes.row} aria-current={shown || undefined}>
      <div className={classes.grow}>
        {shown ? (
          <Text size="sm" fw={600}>
            {entry.name} (this one)
          </Text>
        ) : (
          <Anchor component={Link} to={`${base}/${entry.id}`} size="sm" fw={500}>
            {entry.name}
          </Anchor>
        )}
        <Text size="xs" c="dimmed" component="div">
          <When at={entry.dateAdded} /> · {countOf(entry.assetCount, 'asset', { counted: true })}
          {entry.since && ` · ${changesOf(entry.since)}`}
        </Text>
      </div>
      {before && (
        <Button
          component={Link}
          to={`${base}/compare?from=${before.id}&to=${entry.id}`}
          size="compact-xs"
          variant="default"
          aria-label={`Compare ${entry.name} with ${before.name}`}
        >
          Compare
        </Button>
      )}
    </li>
  )
}

/** The snapshots of the same sub-account over time, with what changed from each to the next. */
export const History = ({ snapshot }: { snapshot: Snapshot }) => {
  const companyId = useCompanyId()
  const base = useBase()
  const query = { companyId, locationId: snapshot.locationId ?? '', limit: 10 }
  const found = useAsk(snapshots.snapshot.history, { query })
  const all = (
    <Button component={Link} to={`${base}?location=${query.locationId}`} size="xs" variant="default">
      All of them
    </Button>
  )
  return (
    <Card title="History of the sub-account" actions={all} flush>
      <Loaded from={found} what="The history">
        {({ snapshots: entries }) =>
          entries.length < 2 ? (
            <Empty title="The only one so far">Take another one later to see what has changed.</Empty>
          ) : (
            <ul className={classes.list} aria-label="Snapshots of the sub-account">
              {entries.map((entry, at) => (
                <Row key={entry.id} entry={entry} shown={entry.id === snapshot.id} before={entries[at + 1]} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}
