import type { Reply } from '@groundlevel/contract-kit'
import { timeline } from '@groundlevel/contracts'
import { Accordion, Button, Drawer, Group, Stack, Text, Title } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useAsk, useSend } from '../../api.js'
import { Command } from '../../parts/command.js'
import { Failure } from '../../parts/failure.js'
import { Id } from '../../parts/identifier.js'
import { Loaded } from '../../parts/loaded.js'
import { Notice } from '../../parts/notice.js'
import { StatusDot } from '../../parts/status-dot.js'
import { When } from '../../parts/when.js'
import { sayDone } from '../developer/save-bar.js'
import { Exchange, pretty } from './exchange.js'
import type { Row } from './fold.js'
import { keyOfRow, kindNames, msOf } from './line.js'

type Detail = Reply<typeof timeline.rows.get>
type Attempt = Detail['attempts'][number]

const outcomeWords = { ok: 'Succeeded', failed: 'Failed', waiting: 'Waiting' } as const

const Facts = ({ row }: { row: Row }) => (
  <Group gap="md" fz="sm">
    <StatusDot outcome={row.outcome}>
      {row.status === null ? outcomeWords[row.outcome] : `${outcomeWords[row.outcome]}, status ${row.status}`}
    </StatusDot>
    <When at={row.at} />
    {row.durationMs !== null && <span>{msOf(row.durationMs)}</span>}
  </Group>
)

const Ids = ({ row }: { row: Row }) => {
  const ids = [
    ['Id', row.id],
    ['Trace', row.traceId],
    ['App', row.appId],
    ['Company', row.companyId],
    ['Location', row.locationId],
  ] as const
  return (
    <Stack gap={2}>
      {ids.map(([name, value]) =>
        value ? (
          <Text key={name} size="xs" c="dimmed" component="div" truncate>
            {name} <Id value={value} what={`${name.toLowerCase()} id`} />
          </Text>
        ) : null,
      )}
    </Stack>
  )
}

const Resend = ({ deliveryId, onSent }: { deliveryId: string; onSent: (deliveryId: string) => void }) => {
  const resend = useSend(timeline.deliveries.resend, (reply) => {
    sayDone('Sent once more')
    onSent(reply.deliveryId)
  })
  return (
    <>
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconRefresh size={14} />}
          loading={resend.isPending}
          onClick={() => resend.mutate({ deliveryId })}
        >
          Resend
        </Button>
        <Text size="xs" c="dimmed">
          The same body and webhookId, with a new timestamp and signature.
        </Text>
      </Group>
      {resend.error && <Failure what="It was not sent again" problem={resend.error} focus />}
    </>
  )
}

const Attempts = ({ attempts }: { attempts: readonly Attempt[] }) => (
  <div>
    <Title order={2} mb={4}>
      {attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`}
    </Title>
    <Accordion defaultValue={String(attempts.at(-1)?.number)} variant="contained" radius="sm">
      {attempts.map((attempt) => (
        <Accordion.Item key={attempt.number} value={String(attempt.number)}>
          <Accordion.Control>
            <Group gap="sm" fz="sm">
              <StatusDot outcome={attempt.errorClass ? 'failed' : 'ok'}>Attempt {attempt.number}</StatusDot>
              <span>{attempt.status ?? attempt.errorClass}</span>
              <Text span size="sm" c="dimmed">
                {msOf(attempt.durationMs)}, <When at={attempt.startedAt} />
              </Text>
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            <Stack gap="sm">
              {attempt.error && <Text size="sm">{attempt.error}</Text>}
              <Exchange exchange={attempt.exchange} />
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  </div>
)

const Related = ({ rows, onOpen }: { rows: readonly Row[]; onOpen: (row: string) => void }) => (
  <div>
    <Title order={2} mb={4}>
      Belongs to it
    </Title>
    <Stack gap={4} align="flex-start">
      {rows.map((row) => (
        <Button
          key={keyOfRow(row)}
          variant="subtle"
          size="compact-sm"
          color="gray"
          c="inherit"
          onClick={() => onOpen(keyOfRow(row))}
        >
          <StatusDot outcome={row.outcome}>
            {kindNames[row.kind]}: {row.title}
          </StatusDot>
        </Button>
      ))}
    </Stack>
  </div>
)

const Body = ({ row, exchange, payload, attempts, related, onOpen }: Detail & { onOpen: (row: string) => void }) => (
  <Stack gap="lg">
    <Facts row={row} />
    {row.why && (
      <Notice tone="waiting" title="Why">
        <Text size="sm">{row.why}</Text>
      </Notice>
    )}
    {row.kind === 'delivery' && <Resend deliveryId={row.id} onSent={(id) => onOpen(`delivery:${id}`)} />}
    {attempts.length > 0 && <Attempts attempts={attempts} />}
    {exchange && attempts.length === 0 && <Exchange exchange={exchange} />}
    {payload && (
      <div>
        <Title order={2} mb={4}>
          Payload
        </Title>
        <Command text={pretty(payload)} what="payload" wrap />
      </div>
    )}
    {related.length > 0 && <Related rows={related} onOpen={onOpen} />}
    <div>
      <Ids row={row} />
    </div>
  </Stack>
)

interface DetailDrawerProps {
  /** `kind:id`. */
  readonly open: string
  readonly onOpen: (row: string | undefined) => void
}

/** One row with everything known about it. */
export const DetailDrawer = ({ open, onOpen }: DetailDrawerProps) => {
  const [kind = '', id = ''] = open.split(/:(.*)/s)
  const found = useAsk(timeline.rows.get, { kind, id }, { everyMs: 2_000 })
  const title = found.data ? `${kindNames[found.data.row.kind]}: ${found.data.row.title}` : 'Loading'
  return (
    <Drawer
      opened
      onClose={() => onOpen(undefined)}
      position="right"
      size="xl"
      title={title}
      styles={{ title: { overflowWrap: 'anywhere', fontWeight: 600 } }}
    >
      <Loaded from={found} what="The row">
        {(detail) => <Body {...detail} onOpen={onOpen} />}
      </Loaded>
    </Drawer>
  )
}
