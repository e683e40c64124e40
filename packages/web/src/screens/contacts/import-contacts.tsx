import { contacts } from '@groundlevel/contracts'
import { Button, FileInput, Group, Select, Stack, TagsInput, Text } from '@mantine/core'
import { IconFileTypeCsv } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { callForm } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { Card, Page } from '../../parts/page.js'
import { asProblem, Problem } from '../../problem.js'
import { contactTargets, firstRecords, guessMapping, type Target } from './csv-head.js'
import { EarlierImports } from './import-list.js'
import { type Chosen, ImportMapping } from './import-mapping.js'
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

const noColumns = new Problem(0, ['The file has no first line with the names of its columns.'], undefined, undefined)

const chosenFrom = async (file: File, targets: readonly Target[]): Promise<Chosen> => {
  const [columns = [], first = []] = firstRecords(await file.slice(0, headBytes).text(), 2)
  const named = columns.filter((column) => column !== '')
  if (named.length === 0) throw noColumns
  const sample = Object.fromEntries(columns.map((column, at) => [column, (first[at] ?? '').slice(0, 80)]))
  return { file, mapping: guessMapping(named, targets), sample }
}

interface Order {
  readonly chosen: Chosen
  readonly onDuplicate: string
  readonly tags: readonly string[]
}

const formOf = ({ chosen, onDuplicate, tags }: Order) => {
  const form = new FormData()
  form.set('mapping', JSON.stringify(chosen.mapping))
  form.set('onDuplicate', onDuplicate)
  form.set('dryRun', 'true')
  if (tags.length > 0) form.set('tags', tags.join(','))
  form.set('file', chosen.file)
  return form
}

/** Hands the file over, first only to be tried. */
const useTrial = (onStarted: (id: string) => void) => {
  const locationId = useLocationId()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const run = (order: Order) => {
    setBusy(true)
    callForm(contacts.csv.import, { query: { locationId } }, formOf(order))
      .then((reply) => onStarted(reply.import.id))
      .catch((thrown: unknown) => setProblem(asProblem(thrown)))
      .finally(() => setBusy(false))
  }
  return { busy, problem, setProblem, run }
}

const Options = ({ chosen, trial }: { chosen: Chosen; trial: ReturnType<typeof useTrial> }) => {
  const known = useTagNames()
  const [tags, setTags] = useState<string[]>([])
  const [onDuplicate, setOnDuplicate] = useState('update')
  const mapped = Object.values(chosen.mapping).some((target) => target !== '')
  return (
    <>
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
      <Button onClick={() => trial.run({ chosen, onDuplicate, tags })} loading={trial.busy} disabled={!mapped}>
        Try the import
      </Button>
    </>
  )
}

const Start = ({ onStarted }: { onStarted: (id: string) => void }) => {
  const targets = useTargets()
  const [chosen, setChosen] = useState<Chosen>()
  const trial = useTrial(onStarted)
  const choose = (file: File | null) => {
    trial.setProblem(undefined)
    if (!file) return setChosen(undefined)
    chosenFrom(file, targets)
      .then(setChosen)
      .catch((thrown: unknown) => trial.setProblem(asProblem(thrown)))
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
          clearButtonProps={{ 'aria-label': 'Take another file' }}
          value={chosen?.file ?? null}
          onChange={choose}
        />
        {chosen && (
          <>
            <ImportMapping chosen={chosen} targets={targets} onChange={(mapping) => setChosen({ ...chosen, mapping })} />
            <Options chosen={chosen} trial={trial} />
          </>
        )}
        {trial.problem && <Failure what="The file was not taken" problem={trial.problem} focus />}
      </Stack>
    </Card>
  )
}

/** Contacts from a CSV file: columns to fields, a trial, the import with its progress, a file of what was refused. */
export const ImportContacts = () => {
  const [search, setSearch] = useSearchParams()
  const id = search.get('import')
  const open = (started: string) => setSearch({ import: started })
  return (
    <Page title="Import contacts" about="From a file of another program, or from an export." width={880}>
      {id ? <ImportProgress key={id} importId={id} onAgain={() => setSearch({})} /> : <Start onStarted={open} />}
      <EarlierImports current={id} onOpen={open} />
    </Page>
  )
}
