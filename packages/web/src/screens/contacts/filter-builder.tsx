import { Button, Pill, Popover, SegmentedControl, Select, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconFilterPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { type Condition, type FilterField, type Operator, operatorsOf, operatorWords, wordsOf } from './filter-nodes.js'
import { FilterValue } from './filter-value.js'
import { useUsers } from './words.js'

interface BuilderProps {
  readonly fields: readonly FilterField[]
  readonly tags: readonly string[]
  readonly onAdd: (condition: Condition) => void
}

const needsValue = (operator: Operator) => operator !== 'exists' && operator !== 'not_exists'
const complete = ({ operator, value }: Condition) =>
  !needsValue(operator) || (value !== undefined && (typeof value !== 'string' || value.trim() !== ''))

const tidied = ({ value, ...condition }: Condition): Condition =>
  needsValue(condition.operator) ? { ...condition, value: typeof value === 'string' ? value.trim() : value } : condition

const Editor = ({ fields, tags, onAdd }: BuilderProps) => {
  const [draft, setDraft] = useState<Condition>({ field: fields[0]?.id ?? '', operator: 'eq' })
  const field = fields.find(({ id }) => id === draft.field)
  if (!field) return null
  const choose = (id: string | null) => {
    const next = fields.find((each) => each.id === id)
    if (next) setDraft({ field: next.id, operator: operatorsOf(next)[0] ?? 'eq' })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (complete(draft)) onAdd(tidied(draft))
      }}
    >
      <Stack gap="xs">
        <Select
          label="Field"
          data={fields.map(({ id, label }) => ({ value: id, label }))}
          value={draft.field}
          onChange={choose}
          searchable
          openOnFocus={false}
          allowDeselect={false}
          data-autofocus
        />
        <Select
          label="Condition"
          data={operatorsOf(field).map((operator) => ({ value: operator, label: operatorWords[operator] }))}
          value={draft.operator}
          openOnFocus={false}
          onChange={(operator) => operator && setDraft({ field: field.id, operator: operator as Operator })}
          allowDeselect={false}
        />
        <FilterValue
          field={field}
          operator={draft.operator}
          value={draft.value}
          tags={tags}
          onChange={(value) => setDraft({ ...draft, value })}
        />
        <Button type="submit" disabled={!complete(draft)}>
          Add filter
        </Button>
      </Stack>
    </form>
  )
}

/** Adds a condition: field, operator, value. */
export const FilterBuilder = ({ onAdd, ...props }: BuilderProps) => {
  const [opened, { toggle, close }] = useDisclosure(false)
  return (
    <Popover opened={opened} onChange={(open) => !open && close()} position="bottom-start" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button variant="default" leftSection={<IconFilterPlus size={16} />} onClick={toggle}>
          Filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Add a filter" w={300} maw="calc(100vw - 32px)">
        <Editor
          {...props}
          onAdd={(condition) => {
            onAdd(condition)
            close()
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

interface ChipsProps {
  readonly conditions: readonly Condition[]
  readonly any: boolean
  readonly fields: readonly FilterField[]
  readonly onChange: (conditions: readonly Condition[], any: boolean) => void
}

const matches = [
  { value: 'all', label: 'All of' },
  { value: 'any', label: 'Any of' },
]

/** What is filtered, one chip a condition. */
export const ConditionChips = ({ conditions, any, fields, onChange }: ChipsProps) => {
  const { nameOfUser } = useUsers()
  if (conditions.length === 0) return null
  return (
    <>
      {conditions.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label="Contacts match"
          data={matches}
          value={any ? 'any' : 'all'}
          onChange={(value) => onChange(conditions, value === 'any')}
        />
      )}
      {conditions.map((condition, index) => {
        const words = wordsOf(
          condition,
          fields.find(({ id }) => id === condition.field),
          nameOfUser,
        )
        return (
          <Pill
            // biome-ignore lint/suspicious/noArrayIndexKey: the same condition may stand twice
            key={`${index} ${words}`}
            withRemoveButton
            removeButtonProps={{ 'aria-label': `Remove the filter: ${words}`, 'aria-hidden': false, tabIndex: 0 }}
            onRemove={() =>
              onChange(
                conditions.filter((_, at) => at !== index),
                any,
              )
            }
          >
            {words}
          </Pill>
        )
      })}
      <Button variant="subtle" size="compact-xs" onClick={() => onChange([], false)}>
        Clear
      </Button>
    </>
  )
}
