import { opportunities } from '@groundlevel/contracts'
import { ActionIcon, Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useAsk, useSend } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import type { Column } from '../../parts/list/columns.js'
import { onePage } from '../../parts/list/pages.js'
import { When } from '../../parts/when.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from '../settings/collection.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { Removal } from '../settings/removal.js'
import classes from './board.module.css'
import { LostReasons } from './lost-reasons.js'
import type { Pipeline } from './words.js'

interface StageDraft {
  /** Of a stage that is there. */
  readonly id?: string
  /** Tells drafts apart while they are moved. */
  readonly key: string
  readonly name: string
  readonly probability: number | string
}

let drafts = 0
const draft = (name = ''): StageDraft => ({ key: `new ${++drafts}`, name, probability: '' })

const draftsOf = (row: Pipeline | undefined): StageDraft[] =>
  row
    ? row.stages.map(({ id, name, stageWinProbability }) => ({ id, key: id, name, probability: stageWinProbability }))
    : ['New', 'In talks', 'Closed'].map(draft)

const swapped = (stages: readonly StageDraft[], at: number, to: number): StageDraft[] => {
  const next = [...stages]
  const [taken] = next.splice(at, 1)
  if (taken) next.splice(to, 0, taken)
  return next
}

interface StagesProps {
  readonly stages: readonly StageDraft[]
  readonly onChange: (stages: StageDraft[]) => void
}

const Stages = ({ stages, onChange }: StagesProps) => {
  const change = (at: number, values: Partial<StageDraft>) =>
    onChange(stages.map((stage, index) => (index === at ? { ...stage, ...values } : stage)))
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        Stages
      </Text>
      <ol className={classes.stages}>
        {stages.map((stage, at) => (
          <li key={stage.key}>
            <Group gap={4} wrap="nowrap" align="flex-start">
              <TextInput
                flex={1}
                size="xs"
                aria-label={`Name of stage ${at + 1}`}
                placeholder="Name"
                maxLength={200}
                value={stage.name}
                onChange={(event) => change(at, { name: event.currentTarget.value })}
              />
              <NumberInput
                w={76}
                size="xs"
                aria-label={`Probability of ${stage.name || `stage ${at + 1}`} in percent`}
                placeholder="%"
                suffix=" %"
                min={0}
                max={100}
                hideControls
                value={stage.probability}
                onChange={(probability) => change(at, { probability })}
              />
              <Move
                label={`Move ${stage.name} up`}
                icon={IconArrowUp}
                off={at === 0}
                onClick={() => onChange(swapped(stages, at, at - 1))}
              />
              <Move
                label={`Move ${stage.name} down`}
                icon={IconArrowDown}
                off={at === stages.length - 1}
                onClick={() => onChange(swapped(stages, at, at + 1))}
              />
              <Move
                label={`Remove ${stage.name}`}
                icon={IconTrash}
                off={stages.length === 1}
                onClick={() => onChange(stages.filter((_, index) => index !== at))}
              />
            </Group>
          </li>
        ))}
      </ol>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...stages, draft()])}
        style={{ alignSelf: 'flex-start' }}
      >
        Add stage
      </Button>
    </Stack>
  )
}

const Move = ({
  label,
  icon: Icon,
  off,
  onClick,
}: {
  label: string
  icon: typeof IconTrash
  off: boolean
  onClick: () => void
}) => (
  <ActionIcon variant="subtle" color="gray" c="dimmed" mt={3} aria-label={label} disabled={off} onClick={onClick}>
    <Icon size={15} />
  </ActionIcon>
)

const PipelineForm = ({ row, onClose }: { row: Pipeline | undefined; onClose: () => void }) => {
  const locationId = useLocationId()
  const { form, options, names } = useRecordForm({ name: row?.name ?? '', stages: draftsOf(row) })
  const done = ({ name }: { name: string }) => {
    sayDone(`${name} is saved`)
    onClose()
  }
  const create = useSend(opportunities.pipelines.create, done)
  const update = useSend(opportunities.pipelines.update, done)
  const send = form.onSubmit(({ name, stages }) => {
    const body = {
      name: name.trim(),
      stages: stages.map(({ id, name: stage, probability }, position) => ({
        ...(id ? { id } : {}),
        name: stage.trim(),
        position,
        ...(probability === '' ? {} : { stageWinProbability: Number(probability) }),
      })),
    }
    if (row) update.mutate({ pipelineId: row.id, body }, options)
    else create.mutate({ body: { ...body, locationId } }, options)
  })
  const gone = row ? row.stages.filter(({ id }) => !form.values.stages.some((stage) => stage.id === id)) : []
  return (
    <EditDrawer
      title={row ? 'Edit pipeline' : 'New pipeline'}
      failed="The pipeline was not saved"
      sends={[create, update]}
      names={names}
      onSubmit={send}
      onClose={onClose}
    >
      <TextInput label="Name" required data-autofocus autoComplete="off" {...form.getInputProps('name')} />
      <Stages stages={form.values.stages} onChange={(stages) => form.setFieldValue('stages', stages)} />
      {gone.length > 0 && (
        <Text size="sm">Opportunities in {gone.map(({ name }) => name).join(', ')} move to the first stage that stays.</Text>
      )}
    </EditDrawer>
  )
}

const RemovePipeline = ({ row, onClose }: { row: Pipeline; onClose: () => void }) => {
  const send = useSend(opportunities.pipelines.remove)
  return (
    <Removal name={row.name} send={send} input={{ pipelineId: row.id }} type={row.name} onClose={onClose}>
      Every opportunity in it is deleted too; their contacts stay. This cannot be undone.
    </Removal>
  )
}

const stageNames = ({ stages }: Pipeline) => stages.map(({ name }) => name).join(' → ')

const columns: readonly Column<Pipeline>[] = [
  { id: 'name', label: 'Name', names: true, sort: 'name', widthPx: 200, cell: ({ name }) => name, text: ({ name }) => name },
  { id: 'stages', label: 'Stages', widthPx: 420, cell: stageNames, text: stageNames },
  {
    id: 'dateUpdated',
    label: 'Changed',
    widthPx: 130,
    cell: ({ dateUpdated }) => <When at={dateUpdated} />,
    text: ({ dateUpdated }) => dateUpdated,
  },
  { id: 'id', label: 'ID', widthPx: 230, cell: ({ id }) => <Id value={id} what="pipeline id" />, text: ({ id }) => id },
]

/** Pipelines with their stages, and why deals are lost. */
export const Pipelines = () => {
  const locationId = useLocationId()
  const found = useAsk(opportunities.pipelines.list, { query: { locationId } })
  return (
    <Stack gap="xl">
      <Collection
        name="pipelines"
        title="Pipelines"
        about="The stages that a deal goes through, from first talk to the end."
        noun="pipeline"
        pages={onePage({ ...found, data: found.data?.pipelines })}
        columns={columns}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        words={(row) => `${row.name} ${stageNames(row)} ${row.id}`}
        first="Create the first one, with the stages of how you sell."
        form={(row, close) => <PipelineForm row={row} onClose={close} />}
        removal={(row, close) => <RemovePipeline row={row} onClose={close} />}
      />
      <LostReasons />
    </Stack>
  )
}
