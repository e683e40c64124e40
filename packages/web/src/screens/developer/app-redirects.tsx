import { ActionIcon, Button, Group, Stack, Switch, Text, TextInput, Tooltip } from '@mantine/core'
import { IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { FormProblem } from '../../parts/form-problem.js'
import { Card } from '../../parts/page.js'
import { useApp } from './app-frame.js'
import { SaveBar } from './save-bar.js'
import { useAppForm } from './use-app-form.js'

interface LineProps {
  readonly index: number
  readonly value: string
  readonly error?: React.ReactNode
  readonly onChange: (value: string) => void
  readonly onUp: () => void
  readonly onRemove: () => void
}

const Line = ({ index, value, error, onChange, onUp, onRemove }: LineProps) => (
  <Group gap={8} wrap="nowrap" align="flex-start">
    <TextInput
      flex={1}
      type="url"
      aria-label={`Redirect URL ${index + 1}`}
      placeholder="http://127.0.0.1:4100/oauth/callback"
      data-path={index === 0 ? 'redirectUris' : `redirectUris.${index}`}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
      description={index === 0 ? 'Default' : undefined}
      inputWrapperOrder={['input', 'description', 'error']}
    />
    <Tooltip label="Move up">
      <ActionIcon
        variant="default"
        size={36}
        aria-label={`Move redirect URL ${index + 1} up`}
        disabled={index === 0}
        onClick={onUp}
      >
        <IconArrowUp size={16} />
      </ActionIcon>
    </Tooltip>
    <Tooltip label="Remove">
      <ActionIcon variant="default" size={36} aria-label={`Remove redirect URL ${index + 1}`} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </Tooltip>
  </Group>
)

/** Where codes may go. The first one is taken where the authorize request names none. */
export const AppRedirects = () => {
  const app = useApp()
  const saved = { redirectUris: app.redirectUris.length > 0 ? [...app.redirectUris] : [''], requirePkce: app.requirePkce }
  const { form, send, problem, busy, names } = useAppForm(app.id, saved, ({ redirectUris, requirePkce }) => ({
    requirePkce,
    redirectUris: redirectUris.map((uri) => uri.trim()).filter((uri) => uri !== ''),
  }))
  const uris = form.values.redirectUris
  const set = (redirectUris: string[]) => form.setFieldValue('redirectUris', redirectUris)
  const up = (index: number) =>
    set(uris.map((uri, at) => (at === index - 1 ? (uris[index] ?? '') : at === index ? (uris[index - 1] ?? '') : uri)))
  return (
    <form onSubmit={send} noValidate>
      <title>{`Redirect URLs of ${app.name} · Groundlevel`}</title>
      <Stack gap="md" maw={720}>
        <Card
          title="OAuth token redirect URL"
          about="The code goes to one of these, matched to the last character. The first is the default. A request with any other address is refused and explained, never redirected."
        >
          <Stack gap="sm">
            {uris.map((uri, index) => (
              <Line
                // biome-ignore lint/suspicious/noArrayIndexKey: the place in the list is what a line is
                key={index}
                index={index}
                value={uri}
                error={index === 0 ? form.errors.redirectUris : undefined}
                onChange={(value) => set(uris.map((other, at) => (at === index ? value : other)))}
                onUp={() => up(index)}
                onRemove={() => set(uris.filter((_, at) => at !== index))}
              />
            ))}
            {uris.length === 0 && (
              <Text size="sm" c="dimmed">
                None. Nobody can install the app until there is one.
              </Text>
            )}
            <Group>
              <Button
                variant="default"
                size="xs"
                leftSection={<IconPlus size={14} />}
                disabled={uris.length >= 20}
                onClick={() => set([...uris, ''])}
              >
                Add a redirect URL
              </Button>
            </Group>
          </Stack>
        </Card>
        <Card title="PKCE">
          <Switch
            label="Require PKCE (S256)"
            description="Off, a challenge is checked when one was sent. On, an authorize request without one is refused."
            checked={form.values.requirePkce}
            onChange={(event) => form.setFieldValue('requirePkce', event.currentTarget.checked)}
          />
        </Card>
        <FormProblem what="The redirect URLs were not saved" problem={problem} names={names} />
        <SaveBar dirty={form.isDirty()} busy={busy} onUndo={form.reset} />
      </Stack>
    </form>
  )
}
