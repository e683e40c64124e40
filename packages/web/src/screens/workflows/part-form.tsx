import { Button, Group, Kbd, Stack, Text } from '@mantine/core'
import { IconArrowDown, IconArrowsMove, IconArrowUp, IconTrash } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { Notice } from '../../parts/notice.js'
import { Conditions, Paths } from './branch-inputs.js'
import { ContactField, Disturbing, Reckoning, Time, WorkflowLeft } from './contact-inputs.js'
import { StepWindow } from './days.js'
import type { FieldSpec } from './fields.js'
import { Goal } from './goal-input.js'
import { Amount, Choice, Flag, type InputProps, JsonText, Line, LongText, One, Pairs, Several, Tags, Words } from './inputs.js'
import { kindOf } from './kinds.js'
import { useKnownSources } from './sources.js'
import { Address, FieldValue, Filters, Message, Schedule, Wait } from './step-inputs.js'
import { AppBranches, AppFields, AppFilters, AppGone } from './supplied-parts.js'
import type { Definition } from './tree.js'
import type { Part } from './words.js'

/** How each kind of field is entered. */
const inputs: { readonly [A in FieldSpec['as']]: ComponentType<InputProps<A>> } = {
  line: Line,
  text: LongText,
  json: JsonText,
  number: Amount,
  flag: Flag,
  choice: Choice,
  one: One,
  several: Several,
  words: Words,
  tags: Tags,
  pairs: Pairs,
  'field-value': FieldValue,
  'contact-field': ContactField,
  math: Reckoning,
  dnd: Disturbing,
  'workflow-left': WorkflowLeft,
  time: Time,
  wait: Wait,
  message: Message,
  conditions: Conditions,
  paths: Paths,
  schedule: Schedule,
  address: Address,
  window: StepWindow,
  goal: Goal,
  'app-fields': AppFields,
  'app-branches': AppBranches,
  'app-filters': AppFilters,
  'app-gone': AppGone,
  filters: Filters,
}

interface PartFormProps {
  readonly part: Part
  readonly isTrigger: boolean
  readonly definition: Definition
  readonly problems: readonly string[]
  readonly onChange: (part: Part, about?: string) => void
}

const put = (part: Part, values: Readonly<Record<string, unknown>>): Part =>
  Object.fromEntries(Object.entries({ ...part, ...values }).filter(([, value]) => value !== undefined))

/** The fields of one trigger or step. */
export const PartForm = ({ part, isTrigger, definition, problems, onChange }: PartFormProps) => {
  const kind = kindOf(part, isTrigger, useKnownSources().supplied)
  const set = (values: Readonly<Record<string, unknown>>, about?: string) =>
    onChange(put(part, values), about && `${String(part.id)} ${about}`)
  return (
    <Stack gap="md">
      {problems.length > 0 && (
        <Notice role="alert" tone="bad" title="This was refused">
          <Text size="sm">{problems.join('. ')}</Text>
        </Notice>
      )}
      {kind?.about && (
        <Text size="sm" c="dimmed">
          {kind.about}
        </Text>
      )}
      {kind?.fields.map((field) => {
        const Input = inputs[field.as] as ComponentType<InputProps>
        return (
          <Input
            key={'name' in field ? field.name : field.as}
            field={field}
            part={part}
            definition={definition}
            problems={problems}
            set={set}
          />
        )
      })}
      {kind?.fields.length === 0 && (
        <Text size="sm" c="dimmed">
          There is nothing to fill in.
        </Text>
      )}
      {!kind && (
        <Text size="sm" c="dimmed">
          Steps of the kind {String(part.type)} have no form here: change it under JSON.
        </Text>
      )}
    </Stack>
  )
}

interface ActsProps {
  readonly isTrigger: boolean
  readonly onNudge: (by: -1 | 1) => void
  readonly onMove: () => void
  readonly onRemove: () => void
}

/** What can be done with a part beside changing it, with the keys that do the same. */
export const PartActs = ({ isTrigger, onNudge, onMove, onRemove }: ActsProps) => (
  <Group gap="xs">
    {!isTrigger && (
      <>
        <Button size="compact-sm" variant="default" leftSection={<IconArrowUp size={14} />} onClick={() => onNudge(-1)}>
          Up
        </Button>
        <Button size="compact-sm" variant="default" leftSection={<IconArrowDown size={14} />} onClick={() => onNudge(1)}>
          Down
        </Button>
        <Button size="compact-sm" variant="default" leftSection={<IconArrowsMove size={14} />} onClick={onMove}>
          Move
        </Button>
      </>
    )}
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconTrash size={14} />}
      rightSection={<Kbd size="xs">Del</Kbd>}
      onClick={onRemove}
    >
      Delete
    </Button>
  </Group>
)
