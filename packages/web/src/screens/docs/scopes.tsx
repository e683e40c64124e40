import type { Reply } from '@groundlevel/contract-kit'
import { platform } from '@groundlevel/contracts'
import { Badge, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useSearchParams } from 'react-router'
import { useAsk } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import { Loaded } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { grouped } from '../../parts/scope-list.js'
import classes from './scopes.module.css'

type Use = Reply<typeof platform.scopeUses.list>['scopes'][number]

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`

const textOf = ({ name, text, operations, events }: Use) =>
  [name, text, ...operations.map(({ path, summary }) => `${path} ${summary}`), ...events.map((event) => event.name)]
    .join('\n')
    .toLowerCase()

/** What nothing asks for yet can be granted all the same: an app that names it goes on working when something does. */
const amountOf = ({ operations, events }: Use) => {
  const parts = [
    operations.length > 0 ? plural(operations.length, 'operation') : '',
    events.length > 0 ? plural(events.length, 'webhook') : '',
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(', ') : 'opens nothing yet'
}

const Operations = ({ operations }: Pick<Use, 'operations'>) => (
  <table className={classes.operations}>
    <thead>
      <tr>
        <th>Operation</th>
        <th>What it does</th>
        <th>Called by</th>
      </tr>
    </thead>
    <tbody>
      {operations.map(({ method, path, summary, callers, extension }) => (
        <tr key={`${method} ${path}`}>
          <td className={classes.code}>
            {method} {path}
          </td>
          <td>
            {summary}
            {extension && ' (extension)'}
          </td>
          <td>{callers.join(', ')}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

const ScopeUse = ({ use, open }: { use: Use; open: boolean }) => (
  <details className={classes.scope} open={open}>
    <summary>
      <span className={classes.words}>
        <Text span size="sm" fw={500}>
          {use.text}
        </Text>
        <Text span size="xs" c="dimmed" className={classes.code}>
          {use.name}
        </Text>
      </span>
      <Group gap={6} wrap="nowrap">
        {use.sensitive && (
          <Badge size="sm" color="yellow" c="var(--gl-waiting)">
            Sensitive
          </Badge>
        )}
        {use.level === 'agency' && (
          <Badge size="sm" color="gray" c="dimmed">
            Agency only
          </Badge>
        )}
        <Text span size="xs" c="dimmed">
          {amountOf(use)}
        </Text>
      </Group>
    </summary>
    <Stack gap="xs" className={classes.inside}>
      <Text size="sm" component="div">
        <Id value={use.name} what="scope" />
      </Text>
      {use.operations.length > 0 && <Operations operations={use.operations} />}
      {use.events.length > 0 && (
        <Text size="sm">
          Lets these webhooks through: <span className={classes.code}>{use.events.map(({ name }) => name).join(', ')}</span>
        </Text>
      )}
    </Stack>
  </details>
)

const Groups = ({ scopes, query, wanted }: { scopes: readonly Use[]; query: string; wanted: string | null }) => {
  const found = scopes.filter((use) => textOf(use).includes(query.trim().toLowerCase()))
  if (found.length === 0) return <Text c="dimmed">No scope, operation or webhook is called that.</Text>
  return (
    <Stack gap="md">
      {grouped(found).map(([group, uses]) => (
        <Card key={group} title={group} flush>
          {uses.map((use) => (
            <ScopeUse key={use.name} use={use} open={use.name === wanted} />
          ))}
        </Card>
      ))}
    </Stack>
  )
}

/** Every scope: who can grant it, what it opens, what is heard because of it. */
export const Scopes = () => {
  const found = useAsk(platform.scopeUses.list, {})
  const [search, setSearch] = useSearchParams()
  const query = search.get('q') ?? ''
  return (
    <Page
      title="Scopes"
      width={920}
      about="What an app may ask for, in the words that people read before they allow it. A call without the scope of its operation answers 401; a webhook reaches only installs that were granted its scope."
    >
      <TextInput
        aria-label="Search scopes, operations and webhooks"
        placeholder="Search scopes, operations and webhooks"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={query}
        onChange={({ currentTarget: { value } }) => setSearch(value ? { q: value } : {}, { replace: true })}
      />
      <Loaded from={found} what="The scopes">
        {({ scopes }) => <Groups scopes={scopes} query={query} wanted={search.get('scope')} />}
      </Loaded>
    </Page>
  )
}
