import { customFields, locations } from '@groundlevel/contracts'
import { Button, SegmentedControl } from '@mantine/core'
import { IconFolder } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useAsk, useSend } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import { useListAddress } from '../../parts/list/address.js'
import type { Column } from '../../parts/list/columns.js'
import { onePage } from '../../parts/list/pages.js'
import { useLocationId } from '../contacts/words.js'
import { Collection } from './collection.js'
import { FieldForm } from './field-form.js'
import { type Field, type Folder, isObject, mergeFieldOf, objectNames, typeNames } from './field-words.js'
import { Folders } from './folders.js'
import { Removal } from './removal.js'

const optionsOf = (row: Field): readonly string[] =>
  row.picklistOptions ?? (row.textBoxListOptions ?? []).map(({ label }) => label)

const columnsWith = (folders: readonly Folder[]): readonly Column<Field>[] => {
  const folderOf = ({ parentId }: Field) => folders.find(({ id }) => id === parentId)?.name ?? ''
  return [
    { id: 'name', label: 'Name', names: true, sort: 'name', widthPx: 200, cell: ({ name }) => name, text: ({ name }) => name },
    {
      id: 'dataType',
      label: 'Type',
      sort: 'dataType',
      widthPx: 150,
      cell: ({ dataType }) => typeNames[dataType],
      text: ({ dataType }) => typeNames[dataType],
    },
    { id: 'folder', label: 'Folder', sort: 'folder', widthPx: 150, cell: folderOf, text: folderOf },
    {
      id: 'fieldKey',
      label: 'Merge field',
      sort: 'fieldKey',
      widthPx: 260,
      cell: (row) => <Id value={mergeFieldOf(row)} what="merge field" />,
      text: mergeFieldOf,
    },
    {
      id: 'options',
      label: 'Options',
      widthPx: 220,
      cell: (row) => optionsOf(row).join(', '),
      text: (row) => optionsOf(row).join(', '),
    },
    { id: 'id', label: 'ID', optional: true, widthPx: 240, cell: ({ id }) => <Id value={id} />, text: ({ id }) => id },
  ]
}

const RemoveField = ({ row, onClose }: { row: Field; onClose: () => void }) => {
  const locationId = useLocationId()
  const send = useSend(locations.customFields.remove)
  return (
    <Removal name={row.name} type={row.name} send={send} input={{ locationId, id: row.id }} onClose={onClose}>
      Every value that contacts and opportunities have in it is deleted too, and {mergeFieldOf(row)} becomes empty in templates.
      This cannot be undone.
    </Removal>
  )
}

/** Custom fields of contacts and opportunities. */
export const CustomFields = () => {
  const locationId = useLocationId()
  const address = useListAddress()
  const [sorting, setSorting] = useState(false)
  const asked = address.get('object')
  const model = isObject(asked) ? asked : 'contact'
  const found = useAsk(locations.customFields.list, { locationId, query: { model } })
  const inFolders = useAsk(customFields.fields.list, { objectKey: model, query: { locationId } })
  const folders = useMemo(() => inFolders.data?.folders ?? [], [inFolders.data])
  const columns = useMemo(() => columnsWith(folders), [folders])
  const rows = found.data?.customFields.filter(({ documentType, standard }) => documentType === 'field' && !standard)
  return (
    <>
      <Collection
        name="custom-fields"
        title="Custom fields"
        about="What you want to know of a contact or an opportunity beyond what is there already."
        noun="custom field"
        pages={onePage({ ...found, data: rows })}
        columns={columns}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        words={(row) => [row.name, row.fieldKey, typeNames[row.dataType], ...optionsOf(row)].join(' ')}
        first={`Create the first field of the ${objectNames[model].toLowerCase()}: it shows up on each of them, in filters and in templates.`}
        filters={
          <SegmentedControl
            size="sm"
            aria-label="Object"
            data={Object.entries(objectNames).map(([value, label]) => ({ value, label }))}
            value={model}
            onChange={(object) => address.set({ object })}
          />
        }
        actions={
          <Button variant="default" leftSection={<IconFolder size={16} />} onClick={() => setSorting(true)}>
            Folders
          </Button>
        }
        form={(row, close) => <FieldForm row={row} model={model} folders={folders} onClose={close} />}
        removal={(row, close) => <RemoveField row={row} onClose={close} />}
      />
      {sorting && <Folders model={model} folders={folders} onClose={() => setSorting(false)} />}
    </>
  )
}
