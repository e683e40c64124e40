import type { Reply } from '@groundlevel/contract-kit'
import { workflows } from '@groundlevel/contracts'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { call, useAsk, useSend } from '../../api.js'
import { Confirm } from '../../parts/confirm.js'
import { Empty } from '../../parts/empty.js'
import { useListAddress } from '../../parts/list/address.js'
import type { Column } from '../../parts/list/columns.js'
import { DataTable } from '../../parts/list/data-table.js'
import { usePages } from '../../parts/list/pages.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { useUsers } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import type { Editing } from './use-draft.js'
import { WayThrough } from './way-through.js'
import { statusWord, type Workflow } from './words.js'

type Version = Reply<typeof workflows.versions.list>['versions'][number]

const pageSize = 50

const useVersions = (workflowId: string) =>
  usePages<Version, number>([workflows.versions.list.key, 'pages', workflowId], async (after, signal) => {
    const skip = after ?? 0
    const { versions, total } = await call(workflows.versions.list, { workflowId, query: { limit: pageSize, skip } }, signal)
    const next = skip + versions.length
    return { rows: versions, total, next: versions.length > 0 && next < total ? next : undefined }
  })

const columnsOf = (nameOfUser: (id: string) => string): readonly Column<Version>[] => [
  { id: 'version', label: 'Version', names: true, widthPx: 110, cell: ({ version }) => `Version ${version}` },
  { id: 'name', label: 'Name', widthPx: 260, cell: ({ name }) => name },
  { id: 'status', label: 'State', widthPx: 120, cell: ({ status }) => statusWord(status) },
  {
    id: 'by',
    label: 'Saved by',
    widthPx: 220,
    cell: ({ createdBy }) => (createdBy?.sourceId ? nameOfUser(createdBy.sourceId) : ''),
  },
  { id: 'createdAt', label: 'When', widthPx: 140, cell: ({ createdAt }) => createdAt && <When at={createdAt} /> },
]

interface OneProps {
  readonly row: Workflow
  readonly editing: Editing
  readonly number: string
  readonly onClose: () => void
}

/** One version, drawn, and the way back to it. */
const One = ({ row, editing, number, onClose }: OneProps) => {
  const [asking, setAsking] = useState(false)
  const found = useAsk(workflows.versions.get, { workflowId: row.id, version: number })
  const restore = useSend(workflows.versions.restore, ({ workflow }) => {
    editing.load(workflow)
    sayDone(`It is what it was in version ${number}`)
    onClose()
  })
  return (
    <Stack gap="md">
      <Group gap="xs">
        <Button variant="default" size="xs" onClick={onClose}>
          All versions
        </Button>
        <Button size="xs" disabled={Number(number) === row.version} onClick={() => setAsking(true)}>
          Restore version {number}
        </Button>
      </Group>
      <Loaded from={found} what="The version" waiting={<Waiting lines={6} />}>
        {({ version }) => (
          <WayThrough
            row={{ ...row, triggers: version.triggers, actions: version.actions }}
            steps={[]}
            title={`Version ${number}`}
            bare
          >
            <Text size="sm">
              {version.name}, {statusWord(version.status).toLowerCase()}.
            </Text>
          </WayThrough>
        )}
      </Loaded>
      {asking && (
        <Confirm
          title={`Restore version ${number}?`}
          action="Restore"
          cancel="Leave it"
          busy={restore.isPending}
          problem={restore.error}
          onConfirm={() => restore.mutate({ workflowId: row.id, version: number, body: {} })}
          onClose={() => setAsking(false)}
        >
          It becomes a new version, and stays {row.status === 'published' ? 'published' : 'a draft'}. Whoever is in it goes on by
          it.
          {editing.dirty && ' What you have not saved is lost.'}
        </Confirm>
      )}
    </Stack>
  )
}

/** What the workflow has been, newest first. */
export const Versions = ({ row, editing }: Pick<OneProps, 'row' | 'editing'>) => {
  const address = useListAddress()
  const { nameOfUser } = useUsers()
  const pages = useVersions(row.id)
  const opened = address.get('version')
  if (opened) return <One row={row} editing={editing} number={opened} onClose={() => address.set({ version: '' })} />
  return (
    <Card flush>
      <DataTable
        label="Versions"
        what="The versions"
        pages={pages}
        columns={columnsOf(nameOfUser)}
        idOf={({ version }) => String(version)}
        nameOf={({ version }) => `version ${version}`}
        onOpen={({ version }) => address.set({ version: String(version) })}
        empty={<Empty title="No version yet">Each change that is saved is kept here.</Empty>}
      />
    </Card>
  )
}
