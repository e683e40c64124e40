import { Anchor, Stack, Switch, Text, TextInput } from '@mantine/core'
import { Link } from 'react-router'
import { FormProblem } from '../../parts/form-problem.js'
import { Card } from '../../parts/page.js'
import { useApp } from './app-frame.js'
import classes from './developer.module.css'
import { SaveBar } from './save-bar.js'
import { TestEvent } from './test-event.js'
import { useAppForm } from './use-app-form.js'
import type { App } from './words.js'

type EventRow = App['events'][number]

interface EventLineProps {
  readonly event: EventRow
  readonly fallback: string
  readonly onChange: (change: Partial<EventRow>) => void
}

const WhyNot = ({ scope }: { scope: string }) => (
  <Text size="xs" c="dimmed">
    Not sent: needs <span style={{ fontFamily: 'var(--mantine-font-family-monospace)' }}>{scope}</span>.{' '}
    <Anchor component={Link} to="../scopes" size="xs" underline="always">
      Add the scope
    </Anchor>
  </Text>
)

const EventLine = ({ event, fallback, onChange }: EventLineProps) => (
  <div className={classes.event}>
    <Switch
      label={event.type}
      description={event.summary}
      checked={event.entitled && event.on}
      disabled={!event.entitled}
      onChange={(change) => onChange({ on: change.currentTarget.checked })}
    />
    {event.entitled && event.scope === '' && (
      <Text size="xs" c="dimmed">
        Always to the default URL.
      </Text>
    )}
    {event.entitled && event.scope !== '' && (
      <TextInput
        aria-label={`URL for ${event.type}`}
        placeholder={fallback || 'The default URL'}
        type="url"
        size="xs"
        value={event.url}
        disabled={!event.on}
        onChange={(change) => onChange({ url: change.currentTarget.value })}
      />
    )}
    {!event.entitled && <WhyNot scope={event.scope} />}
  </div>
)

const bodyOf = ({ webhookUrl, events }: Pick<App, 'webhookUrl' | 'events'>) => ({
  webhookUrl: webhookUrl.trim(),
  events: events.map(({ type, on, url }) => ({ type, on, url: url.trim() })),
})

/** Where events go, which ones, and a test of it. */
export const AppWebhooks = () => {
  const app = useApp()
  const { form, send, problem, busy, names } = useAppForm(app.id, { webhookUrl: app.webhookUrl, events: [...app.events] }, bodyOf)
  const change = (type: string, part: Partial<EventRow>) =>
    form.setFieldValue(
      'events',
      form.values.events.map((event) => (event.type === type ? { ...event, ...part } : event)),
    )
  return (
    <Stack gap="md" maw={860}>
      <title>{`Webhooks of ${app.name} · Groundlevel`}</title>
      <TestEvent app={app} />
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <Card title="Webhook URL" about="Every event goes here unless it has a URL of its own below.">
            <TextInput
              label="Default URL"
              type="url"
              placeholder="http://127.0.0.1:4100/webhooks"
              {...form.getInputProps('webhookUrl')}
            />
          </Card>
          <Card
            flush
            title="Events"
            about="Switch off what your app does not need. Greyed ones need a scope that the app does not ask for."
          >
            {form.values.events.map((event) => (
              <EventLine
                key={event.type}
                event={event}
                fallback={form.values.webhookUrl}
                onChange={(part) => change(event.type, part)}
              />
            ))}
          </Card>
          <FormProblem what="The webhooks were not saved" problem={problem} names={names} />
          <SaveBar dirty={form.isDirty()} busy={busy} onUndo={form.reset} />
        </Stack>
      </form>
    </Stack>
  )
}
