import { snapshots } from '@groundlevel/contracts'
import { Anchor, Button, Progress, Text } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { Link } from 'react-router'
import { call, useAsk } from '../../api.js'
import { Empty } from '../../parts/empty.js'
import { Failure } from '../../parts/failure.js'
import { usePages } from '../../parts/list/pages.js'
import { Waiting } from '../../parts/loaded.js'
import { Card } from '../../parts/page.js'
import { StatusDot } from '../../parts/status-dot.js'
import { When } from '../../parts/when.js'
import classes from './snapshots.module.css'
import { kindName, type Push, type Snapshot, useCompanyId, useSubAccounts } from './words.js'

const pageSize = 20
const underWay = ({ status }: Pick<Push, 'status'>) => status === 'pending' || status === 'processing'

/** How far a push is, asked again while it goes on. */
const Progressing = ({ push, snapshotId, name }: { push: Push; snapshotId: string; name: string }) => {
  const companyId = useCompanyId()
  const asked = { snapshotId, locationId: push.locationId, query: { companyId } }
  const latest = useAsk(snapshots.push.latest, asked, { everyMs: underWay(push) ? 1000 : false }).data?.data
  if (push.status === 'failed')
    return (
      <StatusDot outcome="failed">
        {latest?.id === push.id && latest.problem ? latest.problem : 'Failed, nothing of the step is kept'}
      </StatusDot>
    )
  if (push.status === 'completed') return <StatusDot outcome="ok">Everything is there</StatusDot>
  const done = latest?.completed.length ?? 0
  const all = done + (latest?.pending.length ?? 0)
  return (
    <div className={classes.progress}>
      <Progress value={all === 0 ? 0 : (100 * done) / all} aria-label={`Push to ${name}`} />
      <Text size="xs" c="dimmed">
        {done} of {all} kinds{latest?.pending[0] ? `, now ${kindName(latest.pending[0]).toLowerCase()}` : ''}
      </Text>
    </div>
  )
}

const usePushes = (snapshotId: string) => {
  const companyId = useCompanyId()
  return usePages<Push, string>(
    [snapshots.push.list.key, 'pages', snapshotId],
    async (lastDoc, signal) => {
      const query = { companyId, limit: pageSize, ...(lastDoc ? { lastDoc } : {}) }
      const { data } = await call(snapshots.push.list, { snapshotId, query }, signal)
      return { rows: data, next: data.length === pageSize ? data.at(-1)?.id : undefined }
    },
    { everyMs: 3000 },
  )
}

/** Where a snapshot was pushed, newest first, each with how far it is. */
export const Pushes = ({ snapshot, onPush }: { snapshot: Snapshot; onPush: () => void }) => {
  const pages = usePushes(snapshot.id)
  const { nameOf } = useSubAccounts()
  return (
    <Card title="Pushes" flush>
      {pages.pending && <Waiting lines={3} />}
      {pages.problem && <Failure what="The pushes could not be loaded" problem={pages.problem} retry={pages.retry} />}
      {!pages.pending && !pages.problem && pages.rows.length === 0 && (
        <Empty
          title="Not pushed yet"
          action={
            <Button variant="default" leftSection={<IconSend size={16} />} onClick={onPush}>
              Push it
            </Button>
          }
        >
          Choose sub-accounts, and what becomes of what is there already.
        </Empty>
      )}
      <ul className={classes.list} aria-label="Pushes">
        {pages.rows.map((push) => (
          <li key={push.id} className={classes.row}>
            <div className={classes.grow}>
              <Anchor component={Link} to={`/portal/sub-account/${push.locationId}/home`} size="sm" fw={500}>
                {nameOf(push.locationId)}
              </Anchor>
              <Text size="xs" c="dimmed" component="div">
                <When at={push.dateAdded} />
              </Text>
            </div>
            <Progressing push={push} snapshotId={snapshot.id} name={nameOf(push.locationId)} />
          </li>
        ))}
      </ul>
      {pages.more && (
        <Button m="sm" size="xs" variant="default" loading={pages.moreBusy} onClick={pages.more}>
          Show older pushes
        </Button>
      )}
    </Card>
  )
}
