import { type SnapshotFamily, snapshotFamilies, snapshots } from '@groundlevel/contracts'
import { MultiSelect, SegmentedControl, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useSend } from '../../api.js'
import { countOf } from '../../parts/list/count.js'
import { sayDone } from '../developer/save-bar.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { familyNames, type Snapshot, useCompanyId, useSubAccounts } from './words.js'

type Rule = 'leave' | 'keep' | 'replace'

const rules = [
  { value: 'leave', label: 'Leave out' },
  { value: 'keep', label: 'Add' },
  { value: 'replace', label: 'Replace' },
]

type Rules = Readonly<Partial<Record<SnapshotFamily, Rule>>>

const ruled = (given: Rules, rule: Rule) => snapshotFamilies.filter((family) => (given[family] ?? 'keep') === rule)

/** What becomes of each kind. */
const RuleTable = ({ given, onChange }: { given: Rules; onChange: (given: Rules) => void }) => (
  <Table withRowBorders={false} verticalSpacing={4} horizontalSpacing={0} aria-label="What is brought">
    <Table.Tbody>
      {snapshotFamilies.map((family) => (
        <Table.Tr key={family}>
          <Table.Td>
            <Text size="sm" mb={4}>
              {familyNames[family]}
            </Text>
            <SegmentedControl
              size="xs"
              fullWidth
              aria-label={familyNames[family]}
              data={rules}
              value={given[family] ?? 'keep'}
              onChange={(rule) => onChange({ ...given, [family]: rule as Rule })}
            />
          </Table.Td>
        </Table.Tr>
      ))}
    </Table.Tbody>
  </Table>
)

/** Brings a snapshot into sub-accounts. */
export const PushForm = ({ snapshot, onClose }: { snapshot: Snapshot; onClose: () => void }) => {
  const companyId = useCompanyId()
  const { choices } = useSubAccounts()
  const [given, setGiven] = useState<Rules>({})
  const first: { locationIds: string[] } & Record<string, unknown> = { locationIds: [] }
  const { form, options, names } = useRecordForm(first)
  const push = useSend(snapshots.push.create, ({ pushes }) => {
    sayDone(`On its way to ${countOf(pushes.length, 'sub-account', { counted: true })}`)
    onClose()
  })
  const send = form.onSubmit(({ locationIds }) => {
    const replaced = ruled(given, 'replace')
    const families = [...ruled(given, 'keep'), ...replaced]
    if (locationIds.length === 0) return form.setFieldError('locationIds', 'Choose at least one sub-account')
    if (families.length === 0) return form.setFieldError('locationIds', 'Everything below is left out')
    const body = { companyId, locationIds, families, ...(replaced.length > 0 ? { overrideFamilies: replaced } : {}) }
    push.mutate({ snapshotId: snapshot.id, body: body as never }, options)
  })
  return (
    <EditDrawer
      title={`Push ${snapshot.name}`}
      failed="The snapshot was not pushed"
      sends={[push]}
      names={names}
      action="Push"
      onSubmit={send}
      onClose={onClose}
    >
      <MultiSelect
        label="Sub-accounts"
        placeholder={form.values.locationIds.length === 0 ? 'One or many' : ''}
        required
        searchable
        data={choices}
        {...form.getInputProps('locationIds')}
      />
      <Text size="sm" c="dimmed">
        <b>Add</b> brings what is not there yet and leaves what is there by the same name as it is. <b>Replace</b> makes that like
        the snapshot too. Nothing is ever deleted. Workflows arrive as drafts.
      </Text>
      <RuleTable given={given} onChange={setGiven} />
    </EditDrawer>
  )
}
