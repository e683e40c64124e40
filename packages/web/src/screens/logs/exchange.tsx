import type { Reply } from '@groundlevel/contract-kit'
import type { timeline } from '@groundlevel/contracts'
import { Group, Stack, Text } from '@mantine/core'
import { Command } from '../../parts/command.js'
import { CopyAction } from '../../parts/copy.js'
import { requestCurl } from '../developer/curl.js'
import classes from './logs.module.css'

export type ExchangeData = NonNullable<Reply<typeof timeline.rows.get>['exchange']>

/** JSON with line breaks; anything else as it came. */
export const pretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

const Headers = ({ headers }: { headers: Readonly<Record<string, unknown>> }) => {
  const entries = Object.entries(headers)
  if (entries.length === 0) return null
  return (
    <dl className={classes.headers}>
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}: </dt>
          <dd>{String(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

const Side = ({
  title,
  line,
  headers,
  body,
}: {
  title: string
  line: string
  headers: Readonly<Record<string, unknown>>
  body: string | null
}) => (
  <Stack gap={8}>
    <Text size="sm" fw={600} component="h3" m={0}>
      {title}
    </Text>
    <Text size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
      {line}
    </Text>
    <Headers headers={headers} />
    {body ? (
      <Command text={pretty(body)} what={`${title.toLowerCase()} body`} wrap />
    ) : (
      <Text size="xs" c="dimmed">
        No body.
      </Text>
    )}
  </Stack>
)

/** Request and response side by side. */
export const Exchange = ({ exchange }: { exchange: ExchangeData }) => (
  <Stack gap="sm">
    {exchange.method && (
      <Group>
        <CopyAction text={requestCurl(exchange, window.location.origin)}>Copy as curl</CopyAction>
      </Group>
    )}
    <div className={classes.sides}>
      <Side
        title="Request"
        line={`${exchange.method ?? ''} ${exchange.url ?? ''}`}
        headers={exchange.requestHeaders}
        body={exchange.requestBody}
      />
      <Side
        title="Response"
        line={exchange.status === null ? 'No response' : `Status ${exchange.status}`}
        headers={exchange.responseHeaders}
        body={exchange.responseBody}
      />
    </div>
  </Stack>
)
