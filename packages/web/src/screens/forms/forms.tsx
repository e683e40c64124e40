import { forms } from '@groundlevel/contracts'
import { TextInput } from '@mantine/core'
import { useNavigate } from 'react-router'
import { call, keyOf, useSend } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import type { Column } from '../../parts/list/columns.js'
import { usePages } from '../../parts/list/pages.js'
import { useLocationId } from '../contacts/words.js'
import { Collection } from '../settings/collection.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { Removal } from '../settings/removal.js'
import { type FormRow, useBase } from './words.js'

const idOf = ({ id }: FormRow) => id ?? ''
const nameOf = ({ name }: FormRow) => name ?? ''

const columns: readonly Column<FormRow>[] = [
  { id: 'name', label: 'Name', names: true, sort: 'name', widthPx: 420, cell: nameOf, text: nameOf },
  { id: 'id', label: 'ID', widthPx: 260, cell: (row) => <Id value={idOf(row)} what="form id" />, text: idOf },
]

const step = 50

/** All of them: the search and the order are made here. */
const useForms = (locationId: string) =>
  usePages<FormRow, never>(keyOf(forms.form.list, { query: { locationId, limit: step } }), async (_, signal) => {
    const rows: FormRow[] = []
    for (let total = 1; rows.length < total; ) {
      const page = await call(forms.form.list, { query: { locationId, limit: step, skip: rows.length } }, signal)
      if (page.forms.length === 0) break
      rows.push(...page.forms)
      total = page.total
    }
    return { rows, next: undefined }
  })

/** What a new form begins with. */
const beginning = [
  { key: 'first_name', label: 'First name', type: 'text' as const },
  { key: 'email', label: 'E-mail', type: 'email' as const, required: true },
]

const NewForm = ({ onClose }: { onClose: () => void }) => {
  const locationId = useLocationId()
  const base = useBase()
  const navigate = useNavigate()
  const { form, options, names } = useRecordForm({ name: '' })
  const create = useSend(forms.form.create, ({ form: made }) => {
    onClose()
    void navigate(`${base}/${made.id}`)
  })
  return (
    <EditDrawer
      title="New form"
      failed="The form was not created"
      problem={create.error}
      names={names}
      busy={create.isPending}
      action="Create form"
      onSubmit={form.onSubmit(({ name }) =>
        create.mutate({ body: { locationId, name: name.trim(), fields: beginning } }, options),
      )}
      onClose={onClose}
    >
      <TextInput label="Name" required data-autofocus autoComplete="off" {...form.getInputProps('name')} />
    </EditDrawer>
  )
}

const RemoveForm = ({ row, onClose }: { row: FormRow; onClose: () => void }) => {
  const send = useSend(forms.form.remove)
  return (
    <Removal name={nameOf(row)} send={send} input={{ formId: idOf(row) }} type={nameOf(row)} onClose={onClose}>
      Its page and everything that was sent in are deleted; the contacts stay. This cannot be undone.
    </Removal>
  )
}

/** Forms whose answers become contacts. */
export const Forms = () => {
  const locationId = useLocationId()
  const base = useBase()
  const navigate = useNavigate()
  return (
    <Collection
      name="forms"
      title="Forms"
      about="Pages that ask; whoever answers becomes a contact."
      noun="form"
      pages={useForms(locationId)}
      columns={columns}
      idOf={idOf}
      nameOf={nameOf}
      words={(row) => `${row.name} ${row.id}`}
      first="Create the first one, then share its address or put it into your website."
      onOpen={(row) => void navigate(`${base}/${idOf(row)}`)}
      form={(_, close) => <NewForm onClose={close} />}
      edits={false}
      removal={(row, close) => <RemoveForm row={row} onClose={close} />}
    />
  )
}
