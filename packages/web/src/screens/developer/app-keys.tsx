import type { Reply } from '@groundlevel/contract-kit'
import { apps } from '@groundlevel/contracts'
import { ActionIcon, Button, Table, Text, Tooltip } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useAsk, useSend } from '../../api.js'
import { Confirm } from '../../parts/confirm.js'
import { Empty } from '../../parts/empty.js'
import { Failure } from '../../parts/failure.js'
import { Id } from '../../parts/identifier.js'
import { Loaded } from '../../parts/loaded.js'
import { Card } from '../../parts/page.js'
import parts from '../../parts/parts.module.css'
import { When } from '../../parts/when.js'
import { useApp } from './app-frame.js'
import { NewKey } from './new-key.js'
import { sayDone } from './save-bar.js'

type Key = Reply<typeof apps.keys.list>['keys'][number]

const Rows = ({ keys, onDelete }: { keys: readonly Key[]; onDelete: (key: Key) => void }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus
  <div className={parts.scroll} tabIndex={0} role="group" aria-label="Client keys">
    <Table miw={680}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Client ID</Table.Th>
          <Table.Th>Secret</Table.Th>
          <Table.Th>Created</Table.Th>
          <Table.Th>Last used</Table.Th>
          <Table.Th>
            <Text span size="sm" c="dimmed">
              Delete
            </Text>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {keys.map((key) => (
          <Table.Tr key={key.id}>
            <Table.Td>
              <Id value={key.clientId} what="client id" />
            </Table.Td>
            <Table.Td ff="monospace" fz="xs">
              ••••{key.secretHint}
            </Table.Td>
            <Table.Td>
              <When at={key.dateAdded} />
            </Table.Td>
            <Table.Td>{key.lastUsedAt ? <When at={key.lastUsedAt} /> : 'Never'}</Table.Td>
            <Table.Td>
              <Tooltip label="Delete this key">
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  c="dimmed"
                  aria-label={`Delete the key ${key.clientId}`}
                  onClick={() => onDelete(key)}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </Tooltip>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </div>
)

/** Client keys: id and secret pairs. Two at once let a secret change without a gap. */
export const AppKeys = () => {
  const app = useApp()
  const keys = useAsk(apps.keys.list, { appId: app.id })
  const create = useSend(apps.keys.create)
  const [leaving, setLeaving] = useState<Key>()
  const remove = useSend(apps.keys.remove, () => {
    setLeaving(undefined)
    sayDone('The key is deleted')
  })
  const generate = (
    <Button
      leftSection={<IconPlus size={16} />}
      loading={create.isPending}
      onClick={() => create.mutate({ appId: app.id, body: {} })}
    >
      Generate client key
    </Button>
  )
  return (
    <>
      <title>{`Keys of ${app.name} · Groundlevel`}</title>
      {create.error && <Failure what="No key was made" problem={create.error} focus />}
      <Card
        flush
        title="Client keys"
        about="Your app proves who it is with a client id and its secret. Make a second one to change a secret without a gap, then delete the first."
        actions={generate}
      >
        <Loaded from={keys} what="The client keys">
          {({ keys: rows }) =>
            rows.length > 0 ? (
              <Rows keys={rows} onDelete={setLeaving} />
            ) : (
              <Empty title="No client key yet">
                Generate one. Its secret is shown once, so have the place ready where your app keeps secrets.
              </Empty>
            )
          }
        </Loaded>
      </Card>
      {create.data && <NewKey app={app} made={create.data} onClose={create.reset} />}
      {leaving && (
        <Confirm
          title="Delete this client key?"
          action="Delete key"
          busy={remove.isPending}
          problem={remove.error}
          onConfirm={() => remove.mutate({ appId: app.id, keyId: leaving.id })}
          onClose={() => setLeaving(undefined)}
        >
          The next request with <Id value={leaving.clientId} what="client id" /> is refused: code exchanges and refreshes fail
          until your app uses another key. Installs stay.
        </Confirm>
      )}
    </>
  )
}
