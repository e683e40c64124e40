import { snapshots } from '@groundlevel/contracts'
import { Badge, Button, Group, Text } from '@mantine/core'
import { IconSend, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { Removal } from '../settings/removal.js'
import { Assets } from './assets.js'
import { History } from './history.js'
import { PushForm } from './push-form.js'
import { Pushes } from './pushes.js'
import { Shares } from './shares.js'
import classes from './snapshots.module.css'
import { type Snapshot, useBase, useCompanyId, useSubAccounts } from './words.js'

const Remove = ({ snapshot, onClose }: { snapshot: Snapshot; onClose: () => void }) => {
  const companyId = useCompanyId()
  const base = useBase()
  const navigate = useNavigate()
  const send = useSend(snapshots.snapshot.remove, () => void navigate(base))
  return (
    <Removal name={snapshot.name} send={send} input={{ snapshotId: snapshot.id, query: { companyId } }} onClose={onClose}>
      Its share links stop working and its pushes leave the history. What was pushed stays where it is. This cannot be undone.
    </Removal>
  )
}

const Details = ({ snapshot }: { snapshot: Snapshot }) => {
  const [act, setAct] = useState<'push' | 'remove'>()
  const close = () => setAct(undefined)
  const { nameOf } = useSubAccounts()
  const about = (
    <Group gap="xs">
      {snapshot.type === 'imported' ? (
        <Badge color="gray" c="var(--mantine-color-text)">
          Imported
        </Badge>
      ) : (
        <Text span size="sm">
          of {nameOf(snapshot.locationId)}
        </Text>
      )}
      <Id value={snapshot.id} what="snapshot id" />
      <When at={snapshot.dateAdded} />
    </Group>
  )
  const actions = (
    <Group gap="xs">
      <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => setAct('remove')}>
        Delete
      </Button>
      <Button leftSection={<IconSend size={16} />} onClick={() => setAct('push')}>
        Push
      </Button>
    </Group>
  )
  return (
    <Page title={snapshot.name} about={about} actions={actions} width={1280}>
      <div className={classes.columns}>
        <div className={classes.stack}>
          <Pushes snapshot={snapshot} onPush={() => setAct('push')} />
          <Assets snapshot={snapshot} />
        </div>
        <div className={classes.stack}>
          <Shares snapshot={snapshot} />
          {snapshot.locationId && <History snapshot={snapshot} />}
        </div>
      </div>
      {act === 'push' && <PushForm snapshot={snapshot} onClose={close} />}
      {act === 'remove' && <Remove snapshot={snapshot} onClose={close} />}
    </Page>
  )
}

/** One snapshot: what it holds, where it went, who may have it, what was before. */
export const SnapshotPage = () => {
  const companyId = useCompanyId()
  const { snapshotId = '' } = useParams()
  const found = useAsk(snapshots.snapshot.get, { snapshotId, query: { companyId } })
  const waiting = (
    <Page title="Snapshot">
      <Card>
        <Waiting lines={8} />
      </Card>
    </Page>
  )
  return (
    <Loaded key={snapshotId} from={found} what="The snapshot" waiting={waiting}>
      {({ snapshot }) => <Details snapshot={snapshot} />}
    </Loaded>
  )
}
