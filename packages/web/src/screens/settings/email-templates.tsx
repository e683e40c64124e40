import type { Reply } from '@groundlevel/contract-kit'
import { emails } from '@groundlevel/contracts'
import { Anchor, Button, Group, Select, TextInput } from '@mantine/core'
import { IconArrowUp, IconFolder, IconFolderPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { call, keyOf, useSend } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import { useListAddress } from '../../parts/list/address.js'
import type { Column } from '../../parts/list/columns.js'
import { usePages } from '../../parts/list/pages.js'
import { When } from '../../parts/when.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from './collection.js'
import { EditDrawer, useRecordForm } from './edit-drawer.js'
import { Removal } from './removal.js'

type EmailTemplate = Reply<typeof emails.builder.list>['builders'][number]

const isFolder = ({ templateType }: EmailTemplate) => templateType === 'folder'
const kindOf = (row: EmailTemplate) => (isFolder(row) ? 'Folder' : row.isPlainText ? 'Plain text' : 'E-mail')

const columns = (onFolder: (id: string) => void): readonly Column<EmailTemplate>[] => [
  {
    id: 'name',
    label: 'Name',
    names: true,
    sort: 'name',
    widthPx: 280,
    cell: (row) =>
      isFolder(row) ? (
        <Anchor component="button" type="button" size="sm" onClick={() => onFolder(row.id)}>
          <Group gap={6} component="span" wrap="nowrap">
            <IconFolder size={16} aria-hidden />
            {row.name}
          </Group>
        </Anchor>
      ) : (
        row.name
      ),
    text: ({ name }) => name,
  },
  { id: 'kind', label: 'Kind', widthPx: 110, cell: kindOf, text: kindOf },
  {
    id: 'lastUpdated',
    label: 'Changed',
    sort: 'lastUpdated',
    widthPx: 150,
    cell: ({ lastUpdated }) => <When at={lastUpdated} />,
    text: ({ lastUpdated }) => lastUpdated,
  },
  {
    id: 'dateAdded',
    label: 'Created',
    sort: 'dateAdded',
    optional: true,
    widthPx: 150,
    cell: ({ dateAdded }) => <When at={dateAdded} />,
    text: ({ dateAdded }) => dateAdded,
  },
  { id: 'id', label: 'ID', widthPx: 250, cell: ({ id }) => <Id value={id} what="template id" />, text: ({ id }) => id },
]

const step = 100

/** All of them: the folders, the search and the order are made here. */
const useEmailTemplates = (locationId: string) => {
  const query = { locationId, limit: step }
  return usePages<EmailTemplate, never>(keyOf(emails.builder.list, { query }), async (_, signal) => {
    const rows: EmailTemplate[] = []
    for (let total = 1; rows.length < total; ) {
      const page = await call(emails.builder.list, { query: { ...query, offset: rows.length } }, signal)
      if (page.builders.length === 0) break
      rows.push(...page.builders)
      total = page.total[0]?.total ?? 0
    }
    return { rows, next: undefined }
  })
}

interface FormProps {
  readonly row: EmailTemplate | undefined
  readonly folders: readonly EmailTemplate[]
  readonly folderId: string
  /** What a new row is. */
  readonly kind: 'html' | 'folder'
  readonly onClose: () => void
}

/** Name and folder; a new e-mail then opens in its editor. */
const TemplateForm = ({ row, folders, folderId, kind, onClose }: FormProps) => {
  const locationId = useLocationId()
  const navigate = useNavigate()
  const { form, options, names } = useRecordForm({ name: row?.name ?? '', parentId: row?.parentId ?? folderId })
  const folder = row ? isFolder(row) : kind === 'folder'
  const create = useSend(emails.builder.create, ({ redirect }) => {
    onClose()
    if (!folder) void navigate(`/portal/sub-account/${locationId}/settings/emails/${redirect}`)
  })
  const change = useSend(emails.builder.change, ({ template }) => {
    sayDone(`${template.name} is saved`)
    onClose()
  })
  const send = form.onSubmit(({ name, parentId }) => {
    const body = { name: name.trim(), ...(folder ? {} : { parentId: parentId || null }) }
    if (row) change.mutate({ locationId, templateId: row.id, body }, options)
    else create.mutate({ body: { ...body, locationId, type: kind } }, options)
  })
  const noun = folder ? 'folder' : 'e-mail'
  return (
    <EditDrawer
      title={row ? `Rename ${row.name}` : `New ${noun}`}
      failed={`The ${noun} was not saved`}
      sends={[create, change]}
      names={names}
      action={row ? 'Save' : `Create ${noun}`}
      onSubmit={send}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description="Only you see it."
        required
        data-autofocus
        autoComplete="off"
        {...form.getInputProps('name')}
      />
      {!folder && folders.length > 0 && (
        <Select
          label="Folder"
          placeholder="No folder"
          clearable
          data={folders.map(({ id, name }) => ({ value: id, label: name }))}
          value={form.values.parentId || null}
          onChange={(id) => form.setFieldValue('parentId', id ?? '')}
        />
      )}
    </EditDrawer>
  )
}

const RemoveTemplate = ({ row, onClose }: { row: EmailTemplate; onClose: () => void }) => {
  const locationId = useLocationId()
  const send = useSend(emails.builder.remove)
  return (
    <Removal name={row.name} send={send} input={{ locationId, templateId: row.id }} onClose={onClose}>
      {isFolder(row)
        ? 'What is in it moves to where the folder is.'
        : 'It can no longer be chosen for a message. Messages that were sent stay as they are. This cannot be undone.'}
    </Removal>
  )
}

/** E-mails that are designed once, in folders. */
export const EmailTemplates = () => {
  const locationId = useLocationId()
  const address = useListAddress()
  const navigate = useNavigate()
  const [addingFolder, setAddingFolder] = useState(false)
  const pages = useEmailTemplates(locationId)
  const folders = pages.rows.filter(isFolder)
  const folder = folders.find(({ id }) => id === address.get('folder'))
  const open = (id: string) => address.set({ folder: id, q: '' })
  const rows = address.query ? pages.rows : pages.rows.filter(({ parentId }) => (parentId ?? '') === (folder?.id ?? ''))
  return (
    <>
      <Collection
        name="email-templates"
        title={folder ? folder.name : 'E-mail builder'}
        about="E-mails with a design, which apps read and write too. Short texts for single messages are under Templates."
        noun="e-mail"
        pages={{ ...pages, rows }}
        columns={columns(open)}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        words={(row) => `${row.name} ${row.id}`}
        first={folder ? 'This folder is empty.' : 'Write the first one and look at it as one of your contacts would see it.'}
        onOpen={(row) =>
          isFolder(row) ? open(row.id) : void navigate(`/portal/sub-account/${locationId}/settings/emails/${row.id}`)
        }
        actions={
          <Button variant="default" leftSection={<IconFolderPlus size={16} />} onClick={() => setAddingFolder(true)}>
            New folder
          </Button>
        }
        filters={
          folder && (
            <Button variant="default" leftSection={<IconArrowUp size={16} />} onClick={() => open('')}>
              All e-mails
            </Button>
          )
        }
        form={(row, close) => (
          <TemplateForm row={row} folders={folders} folderId={folder?.id ?? ''} kind="html" onClose={close} />
        )}
        removal={(row, close) => <RemoveTemplate row={row} onClose={close} />}
      />
      {addingFolder && (
        <TemplateForm row={undefined} folders={[]} folderId="" kind="folder" onClose={() => setAddingFolder(false)} />
      )}
    </>
  )
}
