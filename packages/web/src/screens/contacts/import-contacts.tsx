import { contacts } from '@groundlevel/contracts'
import { Button, FileInput, Group, Select, Stack, Table, TagsInput, Text } from '@mantine/core'
import { IconFileTypeCsv } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { callForm } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { Card, Page } from '../../parts/page.js'
import parts from '../../parts/parts.module.css'
import { asProblem, Problem } from '../../problem.js'
import { contactTargets, firstRecord, guessMapping, type Target } from './csv-head.js'
import { ImportProgress } from './import-progress.js'
import { useTagNames } from './use-contacts.js'
import { useCustomFields, useLocationId } from './words.js'

const headBytes = 65_536

const duplicates = [
  { value: 'update', label: 'Update the contact that is there' },
  { value: 'skip', label: 'Leave it as it is' },
  { value: 'create', label: 'Create another one' },
]

const useTargets = (): readonly Target[] => {
  const { fields } = useCustomFields()
  return useMemo(() => [...contactTargets, ...fields.map(({ id, name }) => ({ id, label: name }))], [fields])
}

interface Chosen {
  readonly file: File
  readonly mapping: Readonly<Record<string, string>>
}

interface MappingProps {
  readonly chosen: Chosen
  readonly targets: readonly Target[]
  readonly onChange: (mapping: Chosen['mapping']) => void
}

const Mapping = ({ chosen, targets, onChange }: MappingProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus
  <div className={parts.scroll} tabIndex={0} role="group" aria-label="Columns of the file">
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Column of the file</Table.Th>
          <Table.Th>Field of the contact</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {Object.entries(chosen.mapping).map(([column, target]) => (
          <Table.Tr key={column}>
            <Table.Td>{column}</Table.Td>
            <Table.Td>
              <Select
                size="xs"
                aria-label={`Field for ${column}`}
                placeholder="Left out"
                data={targets.map(({ id, label }) => ({ value: id, label }))}
                value={target || null}
                onChange={(id) => onChange({ ...chosen.mapping, [column]: id ?? '' })}
                clearable
                searchable
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </div>
)

const noColumns = new Problem(0, ['The file has no first line with the names of its columns.'], undefined, undefined)

const Start = ({ onStarted }: { onStarted: (id: string) => void }) => {
  const locationId = useLocationId()
  const targets = useTargets()
  const known = useTagNames()
  const [chosen, setChosen] = useState<Chosen>()
  const [tags, setTags] = useState<string[]>([])
  const [onDuplicate, setOnDuplicate] = useState('update')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const choose = async (file: File | null) => {
    setProblem(undefined)
    if (!file) return setChosen(undefined)
    const columns = firstRecord(await file.slice(0, headBytes).text())
    if (columns.length === 0) return setProblem(noColumns)
    setChosen({ file, mapping: guessMapping(columns, targets) })
  }
  const mapped = chosen ? Object.values(chosen.mapping).some((target) => target !== '') : false
  const run = () => {
    if (!chosen) return
    const form = new FormData()
    form.set('mapping', JSON.stringify(chosen.mapping))
    form.set('onDuplicate', onDuplicate)
    form.set('dryRun', 'true')
    if (tags.length > 0) form.set('tags', tags.join(','))
    form.set('file', chosen.file)
    setBusy(true)
    callForm(contacts.csv.import, { query: { locationId } }, form)
      .then((reply) => onStarted(reply.import.id))
      .catch((thrown: unknown) => setProblem(asProblem(thrown)))
      .finally(() => setBusy(false))
  }
  return (
    <Card title="File">
      <Stack gap="md" align="flex-start">
        <FileInput
          label="CSV file"
          description="UTF-8, with the names of the columns in its first line."
          placeholder="Choose a file"
          accept=".csv,text/csv"
          leftSection={<IconFileTypeCsv size={16} />}
          w="100%"
          maw={420}
          clearable
          value={chosen?.file ?? null}
          onChange={(file) => void choose(file)}
        />
        {chosen && (
          <>
            <Mapping chosen={chosen} targets={targets} onChange={(mapping) => setChosen({ ...chosen, mapping })} />
            <Group align="flex-end">
              <Select
                label="When a contact is there already"
                data={duplicates}
                value={onDuplicate}
                onChange={(value) => value && setOnDuplicate(value)}
                allowDeselect={false}
                w={280}
              />
              <TagsInput label="Tags for all of them" data={[...known]} value={tags} onChange={setTags} w={280} />
            </Group>
            <Text size="sm" c="dimmed">
              First it is only tried: nothing is written, and you see what would happen.
            </Text>
            <Button onClick={run} loading={busy} disabled={!mapped}>
              Try the import
            </Button>
          </>
        )}
        {problem && <Failure what="The file was not taken" problem={problem} focus />}
      </Stack>
    </Card>
  )
}

/** Contacts from a CSV file: columns to fields, a trial, the import with its progress, a file of what was refused. */
export const ImportContacts = () => {
  const [search, setSearch] = useSearchParams()
  const id = search.get('import')
  return (
    <Page title="Import contacts" width={880}>
      {id ? (
        <ImportProgress importId={id} onAgain={() => setSearch({})} />
      ) : (
        <Start onStarted={(started) => setSearch({ import: started })} />
      )}
    </Page>
  )
}
