import { customFields } from '@groundlevel/contracts'
import { ActionIcon, Button, Drawer, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { type Folder, type ObjectKey, objectNames } from './field-words.js'
import { Removal } from './removal.js'

const Rename = ({ folder, onRemove }: { folder: Folder; onRemove: () => void }) => {
  const locationId = useLocationId()
  const [name, setName] = useState(folder.name)
  const send = useSend(customFields.folders.update, () => sayDone('The folder is renamed'))
  const changed = name.trim() !== '' && name.trim() !== folder.name
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (changed) send.mutate({ id: folder.id, body: { locationId, name: name.trim() } })
      }}
    >
      <Group gap="xs" wrap="nowrap">
        <TextInput
          flex={1}
          aria-label={`Name of ${folder.name}`}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {changed && (
          <Button type="submit" variant="default" loading={send.isPending}>
            Rename
          </Button>
        )}
        <ActionIcon variant="subtle" color="gray" c="dimmed" aria-label={`Delete ${folder.name}`} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
      {send.error && <Failure what="The folder was not renamed" problem={send.error} focus />}
    </form>
  )
}

const RemoveFolder = ({ folder, onClose }: { folder: Folder; onClose: () => void }) => {
  const locationId = useLocationId()
  const send = useSend(customFields.folders.remove)
  return (
    <Removal name={folder.name} send={send} input={{ id: folder.id, query: { locationId } }} onClose={onClose}>
      Its fields stay: they move to the first of the other folders.
    </Removal>
  )
}

const Create = ({ objectKey }: { objectKey: ObjectKey }) => {
  const locationId = useLocationId()
  const [name, setName] = useState('')
  const send = useSend(customFields.folders.create, () => setName(''))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate({ body: { locationId, objectKey, name: name.trim() } })
      }}
    >
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput flex={1} label="New folder" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Button type="submit" disabled={!name.trim()} loading={send.isPending}>
          Create folder
        </Button>
      </Group>
      {send.error && <Failure what="The folder was not created" problem={send.error} focus />}
    </form>
  )
}

interface FoldersProps {
  readonly model: ObjectKey
  readonly folders: readonly Folder[]
  readonly onClose: () => void
}

/** The folders that an object's custom fields are sorted into. */
export const Folders = ({ model, folders, onClose }: FoldersProps) => {
  const [leaving, setLeaving] = useState<Folder>()
  return (
    <Drawer opened onClose={onClose} position="right" title={`Folders of the ${objectNames[model].toLowerCase()}`}>
      <Stack gap="sm">
        {folders.length === 0 && (
          <Text size="sm" c="dimmed">
            No folder yet.
          </Text>
        )}
        {folders.map((folder) => (
          <Rename key={`${folder.id}${folder.name}`} folder={folder} onRemove={() => setLeaving(folder)} />
        ))}
        <Create objectKey={model} />
      </Stack>
      {leaving && <RemoveFolder folder={leaving} onClose={() => setLeaving(undefined)} />}
    </Drawer>
  )
}
