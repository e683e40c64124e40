import { workflows } from '@groundlevel/contracts'
import { Badge, TextInput } from '@mantine/core'
import { useNavigate } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import type { Column } from '../../parts/list/columns.js'
import { onePage } from '../../parts/list/pages.js'
import { When } from '../../parts/when.js'
import { useLocationId } from '../contacts/words.js'
import { Collection } from '../settings/collection.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { Removal } from '../settings/removal.js'
import { statusWord, useBase, type WorkflowRow } from './words.js'

const idOf = ({ id }: WorkflowRow) => id ?? ''
const nameOf = ({ name }: WorkflowRow) => name ?? ''

const columns: readonly Column<WorkflowRow>[] = [
  { id: 'name', label: 'Name', names: true, sort: 'name', widthPx: 300, cell: nameOf, text: nameOf },
  {
    id: 'status',
    label: 'State',
    sort: 'status',
    widthPx: 120,
    cell: ({ status }) => (
      <Badge color={status === 'published' ? 'green' : 'gray'} c="var(--mantine-color-text)">
        {statusWord(status)}
      </Badge>
    ),
    text: ({ status }) => status ?? '',
  },
  {
    id: 'version',
    label: 'Version',
    widthPx: 90,
    align: 'end',
    cell: ({ version }) => version,
    text: ({ version }) => String(version),
  },
  {
    id: 'updatedAt',
    label: 'Changed',
    sort: 'updatedAt',
    widthPx: 130,
    cell: ({ updatedAt }) => updatedAt && <When at={updatedAt} />,
    text: ({ updatedAt }) => updatedAt ?? '',
  },
  { id: 'id', label: 'ID', widthPx: 300, cell: (row) => <Id value={idOf(row)} what="workflow id" />, text: idOf },
]

const NewWorkflow = ({ onClose }: { onClose: () => void }) => {
  const locationId = useLocationId()
  const base = useBase()
  const navigate = useNavigate()
  const { form, options, names } = useRecordForm({ name: '' })
  const create = useSend(workflows.workflow.create, ({ workflow }) => {
    onClose()
    void navigate(`${base}/${workflow.id}`)
  })
  return (
    <EditDrawer
      title="New workflow"
      failed="The workflow was not created"
      sends={[create]}
      names={names}
      action="Create workflow"
      onSubmit={form.onSubmit(({ name }) => create.mutate({ body: { locationId, name: name.trim() } }, options))}
      onClose={onClose}
    >
      <TextInput label="Name" required data-autofocus autoComplete="off" {...form.getInputProps('name')} />
    </EditDrawer>
  )
}

const RemoveWorkflow = ({ row, onClose }: { row: WorkflowRow; onClose: () => void }) => {
  const send = useSend(workflows.workflow.remove)
  return (
    <Removal name={nameOf(row)} send={send} input={{ workflowId: idOf(row) }} type={nameOf(row)} onClose={onClose}>
      Whoever is in it leaves it, and its history goes. This cannot be undone.
    </Removal>
  )
}

/** What happens by itself. */
export const Workflows = () => {
  const locationId = useLocationId()
  const base = useBase()
  const found = useAsk(workflows.workflow.list, { query: { locationId } })
  return (
    <Collection
      name="workflows"
      title="Workflows"
      about="What happens by itself: something begins them, then one step follows the other."
      noun="workflow"
      pages={onePage({ ...found, data: found.data?.workflows })}
      columns={columns}
      idOf={idOf}
      nameOf={nameOf}
      words={(row) => `${row.name} ${row.id}`}
      first="Create the first one, try it with a contact, then publish it."
      to={(row) => `${base}/${idOf(row)}`}
      form={(_, close) => <NewWorkflow onClose={close} />}
      edits={false}
      removal={(row, close) => <RemoveWorkflow row={row} onClose={close} />}
    />
  )
}
