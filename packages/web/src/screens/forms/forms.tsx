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
import { type AskingKind, formKind, idIn, oneIn, rowsIn, surveyKind, useBase } from './kinds.js'
import type { FormRow } from './words.js'

const idOf = ({ id }: FormRow) => id ?? ''
const nameOf = ({ name }: FormRow) => name ?? ''

const columnsOf = ({ noun }: AskingKind): readonly Column<FormRow>[] => [
  { id: 'name', label: 'Name', names: true, sort: 'name', widthPx: 420, cell: nameOf, text: nameOf },
  { id: 'id', label: 'ID', widthPx: 260, cell: (row) => <Id value={idOf(row)} what={`${noun} id`} />, text: idOf },
]

const step = 50

/** All of them: the search and the order are made here. */
const useRows = (kind: AskingKind, locationId: string) => {
  const { list } = kind.operations
  return usePages<FormRow, never>(keyOf(list, { query: { locationId, limit: step } }), async (_, signal) => {
    const rows: FormRow[] = []
    for (let total = 1; rows.length < total; ) {
      const page = await call(list, { query: { locationId, limit: step, skip: rows.length } }, signal)
      const more = rowsIn<FormRow>(kind, page)
      if (more.length === 0) break
      rows.push(...more)
      total = page.total
    }
    return { rows, next: undefined }
  })
}

/** What a new one begins with. */
const beginnings = {
  form: [
    { key: 'first_name', label: 'First name', type: 'text' as const },
    { key: 'email', label: 'E-mail', type: 'email' as const, required: true },
  ],
  survey: [
    {
      key: 'rating',
      label: 'How was it?',
      type: 'radio' as const,
      options: ['Very good', 'Good', 'Not so good'],
      required: true,
    },
    { key: 'email', label: 'E-mail, if we may ask back', type: 'email' as const },
  ],
}

interface ActProps {
  readonly kind: AskingKind
  readonly onClose: () => void
}

const NewOne = ({ kind, onClose }: ActProps) => {
  const { noun, operations } = kind
  const locationId = useLocationId()
  const base = useBase(kind)
  const navigate = useNavigate()
  const { form, options, names } = useRecordForm({ name: '' })
  const create = useSend(operations.create, (reply) => {
    onClose()
    void navigate(`${base}/${oneIn(kind, reply).id}`)
  })
  return (
    <EditDrawer
      title={`New ${noun}`}
      failed={`The ${noun} was not created`}
      sends={[create]}
      names={names}
      action={`Create ${noun}`}
      onSubmit={form.onSubmit(({ name }) =>
        create.mutate({ body: { locationId, name: name.trim(), fields: beginnings[noun] } }, options),
      )}
      onClose={onClose}
    >
      <TextInput label="Name" required data-autofocus autoComplete="off" {...form.getInputProps('name')} />
    </EditDrawer>
  )
}

const RemoveOne = ({ kind, row, onClose }: ActProps & { row: FormRow }) => {
  const send = useSend(kind.operations.remove)
  return (
    <Removal name={nameOf(row)} send={send} input={idIn(kind, idOf(row))} type={nameOf(row)} onClose={onClose}>
      Its page and everything that was sent in are deleted; the contacts stay. This cannot be undone.
    </Removal>
  )
}

const Asking = ({ kind }: { kind: AskingKind }) => {
  const { noun, title, path, about } = kind
  const locationId = useLocationId()
  const base = useBase(kind)
  return (
    <Collection
      name={path}
      title={title}
      about={about}
      noun={noun}
      pages={useRows(kind, locationId)}
      columns={columnsOf(kind)}
      idOf={idOf}
      nameOf={nameOf}
      words={(row) => `${row.name} ${row.id}`}
      first="Create the first one, then share its address or put it into your website."
      to={(row) => `${base}/${idOf(row)}`}
      form={(_, close) => <NewOne kind={kind} onClose={close} />}
      edits={false}
      removal={(row, close) => <RemoveOne kind={kind} row={row} onClose={close} />}
    />
  )
}

/** Forms whose answers become contacts. */
export const Forms = () => <Asking kind={formKind} />

/** Surveys, which are asked like forms. */
export const Surveys = () => <Asking kind={surveyKind} />
