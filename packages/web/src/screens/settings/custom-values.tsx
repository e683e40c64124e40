import type { Reply } from '@groundlevel/contract-kit'
import { locations } from '@groundlevel/contracts'
import { Text, Textarea, TextInput } from '@mantine/core'
import { useAsk, useSend } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import type { Column } from '../../parts/list/columns.js'
import { onePage } from '../../parts/list/pages.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from './collection.js'
import { EditDrawer, useRecordForm } from './edit-drawer.js'
import { Removal } from './removal.js'

export type CustomValue = Reply<typeof locations.customValues.list>['customValues'][number]

const columns: readonly Column<CustomValue>[] = [
  { id: 'name', label: 'Name', names: true, sort: 'name', widthPx: 200, cell: ({ name }) => name, text: ({ name }) => name },
  { id: 'value', label: 'Value', sort: 'value', widthPx: 320, cell: ({ value }) => value, text: ({ value }) => value },
  {
    id: 'fieldKey',
    label: 'Merge field',
    widthPx: 320,
    cell: ({ fieldKey }) => <Id value={fieldKey} what="merge field" />,
    text: ({ fieldKey }) => fieldKey,
  },
  { id: 'id', label: 'ID', optional: true, widthPx: 240, cell: ({ id }) => <Id value={id} />, text: ({ id }) => id },
]

const ValueForm = ({ row, onClose }: { row: CustomValue | undefined; onClose: () => void }) => {
  const locationId = useLocationId()
  const { form, options, names } = useRecordForm({ name: row?.name ?? '', value: row?.value ?? '' })
  const done = ({ customValue }: { customValue: CustomValue }) => {
    sayDone(`${customValue.name} is saved`)
    onClose()
  }
  const create = useSend(locations.customValues.create, done)
  const update = useSend(locations.customValues.update, done)
  const send = form.onSubmit(({ name, value }) => {
    const body = { name: name.trim(), value }
    if (row) update.mutate({ locationId, id: row.id, body }, options)
    else create.mutate({ locationId, body }, options)
  })
  return (
    <EditDrawer
      title={row ? 'Edit custom value' : 'New custom value'}
      failed="The custom value was not saved"
      sends={[create, update]}
      names={names}
      onSubmit={send}
      onClose={onClose}
    >
      <TextInput label="Name" placeholder="Opening hours" data-autofocus autoComplete="off" {...form.getInputProps('name')} />
      <Textarea label="Value" autosize minRows={3} maxRows={14} {...form.getInputProps('value')} />
      {row && (
        <div>
          <Id value={row.fieldKey} what="merge field" />
          <Text size="xs" c="dimmed">
            It stays when the value is renamed, so that templates go on working.
          </Text>
        </div>
      )}
    </EditDrawer>
  )
}

const RemoveValue = ({ row, onClose }: { row: CustomValue; onClose: () => void }) => {
  const locationId = useLocationId()
  const send = useSend(locations.customValues.remove)
  return (
    <Removal name={row.name} send={send} input={{ locationId, id: row.id }} onClose={onClose}>
      Templates that use {row.fieldKey} show nothing in its place from then on. This cannot be undone.
    </Removal>
  )
}

/** Texts of the sub-account that templates name. */
export const CustomValues = () => {
  const locationId = useLocationId()
  const found = useAsk(locations.customValues.list, { locationId })
  return (
    <Collection
      name="custom-values"
      title="Custom values"
      about="Texts that you write once and use in every template: an address, opening hours, a link."
      noun="custom value"
      pages={onePage({ ...found, data: found.data?.customValues })}
      columns={columns}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      words={({ name, value, fieldKey }) => `${name} ${value} ${fieldKey}`}
      first="Create the first one, copy its merge field and put it into a template. Change it here, and every message changes."
      form={(row, close) => <ValueForm row={row} onClose={close} />}
      removal={(row, close) => <RemoveValue row={row} onClose={close} />}
    />
  )
}
