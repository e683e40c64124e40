import { type SnapshotFamily, snapshotFamilies, snapshots } from '@groundlevel/contracts'
import { Select, TextInput } from '@mantine/core'
import { useNavigate } from 'react-router'
import { useSend } from '../../api.js'
import { sayDone } from '../developer/save-bar.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { Families } from './families.js'
import { useBase, useCompanyId, useSubAccounts } from './words.js'

interface Values extends Record<string, unknown> {
  readonly name: string
  readonly locationId: string
  readonly families: readonly SnapshotFamily[]
}

/** Takes a snapshot of a sub-account, of everything or of what is chosen. */
export const CreateSnapshot = ({ locationId = '', onClose }: { locationId?: string; onClose: () => void }) => {
  const companyId = useCompanyId()
  const base = useBase()
  const navigate = useNavigate()
  const { choices } = useSubAccounts()
  const first: Values = { name: '', locationId, families: snapshotFamilies }
  const { form, options, names } = useRecordForm<Values>(first)
  const create = useSend(snapshots.snapshot.create, ({ snapshot }) => {
    sayDone(`${snapshot.name} is taken`)
    void navigate(`${base}/${snapshot.id}`)
  })
  const send = form.onSubmit(({ families, ...values }) => {
    if (families.length === 0) return form.setFieldError('name', 'Choose at least one kind below')
    create.mutate({ body: { companyId, ...values, families: [...families] } }, options)
  })
  return (
    <EditDrawer
      title="New snapshot"
      failed="The snapshot was not taken"
      sends={[create]}
      names={names}
      action="Take snapshot"
      onSubmit={send}
      onClose={onClose}
    >
      <Select
        label="Sub-account"
        placeholder="Whose set-up it holds"
        required
        searchable
        data={choices}
        value={form.values.locationId || null}
        error={form.errors.locationId}
        onChange={(id) => form.setFieldValue('locationId', id ?? '')}
      />
      <TextInput label="Name" required autoComplete="off" {...form.getInputProps('name')} />
      <Families
        legend="What it holds"
        value={form.values.families}
        onChange={(families) => form.setFieldValue('families', families)}
      />
    </EditDrawer>
  )
}
