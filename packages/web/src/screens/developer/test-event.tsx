import { apps, timeline } from '@groundlevel/contracts'
import { Anchor, Button, Group, Select, Stack, Text } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { Card } from '../../parts/page.js'
import { StatusDot } from '../../parts/status-dot.js'
import type { App } from './words.js'

/** One delivery, watched until it ends. */
const Result = ({ deliveryId, url, appId }: { deliveryId: string; url: string; appId: string }) => {
  const [over, setOver] = useState(false)
  const found = useAsk(timeline.rows.get, { kind: 'delivery', id: deliveryId }, { everyMs: over ? false : 700 })
  const row = found.data?.row
  const last = found.data?.attempts.at(-1)
  if (row && row.outcome !== 'waiting' && !over) setOver(true)
  if (found.isError && !row) return <Failure what="The delivery could not be watched" problem={found.error} />
  const outcome = row?.outcome ?? 'waiting'
  const words = {
    waiting: last
      ? `Attempt ${last.number} failed: ${last.error || `status ${last.status}`}. It is tried again by itself.`
      : `On its way to ${url}`,
    ok: `Delivered: ${url} answered ${row?.status} in ${Math.round(last?.durationMs ?? row?.durationMs ?? 0)} ms.`,
    failed: `Not delivered to ${url}. ${row?.why || last?.error || ''}`,
  }
  return (
    <Stack gap={4} role="status">
      <StatusDot outcome={outcome}>
        <span style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>{words[outcome]}</span>
      </StatusDot>
      <Anchor
        component={Link}
        to={`/portal/developer/timeline?appId=${appId}&row=delivery:${deliveryId}`}
        size="sm"
        underline="always"
      >
        Request, response and attempts
      </Anchor>
    </Stack>
  )
}

/** One click, one signed event, its result beside the button. */
export const TestEvent = ({ app }: { app: App }) => {
  const installs = useAsk(apps.appInstalls.list, { appId: app.id })
  const [type, setType] = useState('ContactCreate')
  const [locationId, setLocationId] = useState<string | null>(null)
  const test = useSend(apps.testEvents.send)
  const locations = (installs.data?.installs ?? []).flatMap(({ locationId: value, locationName }) =>
    value ? [{ value, label: locationName ?? value }] : [],
  )
  const send = () => test.mutate({ appId: app.id, body: { type, ...(locationId ? { locationId } : {}) } })
  return (
    <Card
      title="Send test event"
      about="Sends a sample event, signed both ways like a real one; where the app is connected, about a real contact."
    >
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <Select
            label="Event"
            data={app.events.map((event) => event.type)}
            value={type}
            onChange={(value) => setType(value ?? 'ContactCreate')}
            allowDeselect={false}
            w={200}
          />
          {locations.length > 0 && (
            <Select
              label="Sub-account"
              placeholder="Any"
              data={locations}
              value={locationId}
              onChange={setLocationId}
              clearable
              w={220}
            />
          )}
          <Button leftSection={<IconSend size={16} />} loading={test.isPending} disabled={app.webhookUrl === ''} onClick={send}>
            Send test event
          </Button>
        </Group>
        {app.webhookUrl === '' && (
          <Text size="sm" c="dimmed">
            Set and save the webhook URL below first.
          </Text>
        )}
        {test.error && <Failure what="No test event was sent" problem={test.error} focus />}
        {test.data && <Result key={test.data.deliveryId} deliveryId={test.data.deliveryId} url={test.data.url} appId={app.id} />}
      </Stack>
    </Card>
  )
}
