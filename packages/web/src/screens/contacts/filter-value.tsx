import { Group, NumberInput, Select, TextInput } from '@mantine/core'
import type { FilterField, Operator } from './filter-nodes.js'
import { useUsers } from './words.js'

interface ValueProps {
  readonly field: FilterField
  readonly operator: Operator
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly tags: readonly string[]
}

interface Range {
  readonly gte?: string | number
  readonly lte?: string | number
}

const without = (range: Range, name: keyof Range, value: string | number | undefined): Range | undefined => {
  const { [name]: _, ...rest } = range
  const next = value === undefined || value === '' ? rest : { ...rest, [name]: value }
  return Object.keys(next).length === 0 ? undefined : next
}

/** Whole days of the reader's own time zone. */
const dayStart = (day: string) => new Date(`${day}T00:00:00`).toISOString()
const dayEnd = (day: string) => new Date(`${day}T23:59:59.999`).toISOString()
const dayIn = (value: string | number | undefined) => {
  if (typeof value !== 'string') return ''
  const date = new Date(value)
  const two = (part: number) => String(part).padStart(2, '0')
  return Number.isNaN(date.getTime()) ? '' : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

const Dates = ({ value, onChange }: Pick<ValueProps, 'value' | 'onChange'>) => {
  const range = (value ?? {}) as Range
  return (
    <Group gap="xs" grow>
      <TextInput
        type="date"
        label="From"
        value={dayIn(range.gte)}
        onChange={({ currentTarget }) =>
          onChange(without(range, 'gte', currentTarget.value ? dayStart(currentTarget.value) : undefined))
        }
      />
      <TextInput
        type="date"
        label="To"
        value={dayIn(range.lte)}
        onChange={({ currentTarget }) =>
          onChange(without(range, 'lte', currentTarget.value ? dayEnd(currentTarget.value) : undefined))
        }
      />
    </Group>
  )
}

const numberOf = (value: string | number) => (value === '' ? undefined : Number(value))

const Numbers = ({ value, onChange }: Pick<ValueProps, 'value' | 'onChange'>) => {
  const range = (value ?? {}) as Range
  return (
    <Group gap="xs" grow>
      <NumberInput label="From" value={range.gte ?? ''} onChange={(next) => onChange(without(range, 'gte', numberOf(next)))} />
      <NumberInput label="To" value={range.lte ?? ''} onChange={(next) => onChange(without(range, 'lte', numberOf(next)))} />
    </Group>
  )
}

const Choice = ({
  data,
  value,
  onChange,
}: { data: { value: string; label: string }[] } & Pick<ValueProps, 'value' | 'onChange'>) => (
  <Select
    label="Value"
    data={data}
    searchable
    openOnFocus={false}
    allowDeselect={false}
    value={typeof value === 'string' ? value : null}
    onChange={(next) => onChange(next ?? undefined)}
  />
)

const same = (values: readonly string[]) => values.map((value) => ({ value, label: value }))

const yesNo = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
]

/** How the value of a condition is entered, by the kind of its field. */
export const FilterValue = ({ field, operator, value, onChange, tags }: ValueProps) => {
  const { users } = useUsers()
  if (operator === 'exists' || operator === 'not_exists') return null
  if (field.kind === 'date') return <Dates value={value} onChange={onChange} />
  if (operator === 'range') return <Numbers value={value} onChange={onChange} />
  if (field.kind === 'number')
    return (
      <NumberInput label="Value" value={typeof value === 'number' ? value : ''} onChange={(next) => onChange(numberOf(next))} />
    )
  if (field.kind === 'yes')
    return (
      <Choice
        data={yesNo}
        value={value === undefined ? undefined : String(value)}
        onChange={(next) => onChange(next === 'true')}
      />
    )
  if (field.kind === 'user')
    return (
      <Choice data={users.map((user) => ({ value: user.id ?? '', label: user.name ?? '' }))} value={value} onChange={onChange} />
    )
  if (field.kind === 'tags' && tags.length > 0) return <Choice data={same(tags)} value={value} onChange={onChange} />
  if (field.kind === 'choice' && field.options) return <Choice data={same(field.options)} value={value} onChange={onChange} />
  return (
    <TextInput
      label="Value"
      maxLength={75}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
