import {
  ActionIcon,
  Button,
  Fieldset,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { fieldTypeNames, hasOptions, type Marked, optionsFrom, type SuppliedField, textOfOptions } from './supplied-words.js'

interface FieldListProps {
  readonly legend: string
  readonly about: string
  readonly types: readonly SuppliedField['type'][]
  readonly fields: readonly SuppliedField[]
  /** What the wire calls the list: refusals name its lines by it (`fields.0.key`). */
  readonly path: string
  readonly marked: Marked
  readonly onChange: (fields: SuppliedField[]) => void
}

interface LineProps {
  readonly path: string
  readonly marked: Marked
  readonly field: SuppliedField
  readonly number: number
  readonly types: readonly SuppliedField['type'][]
  readonly onChange: (change: Partial<SuppliedField>) => void
  readonly onRemove: () => void
}

const Options = ({ field, number, path, marked, onChange }: Omit<LineProps, 'types' | 'onRemove'>) => {
  const [text, setText] = useState(textOfOptions(field.options))
  return (
    <Textarea
      label="Options"
      description="One a line: label = value. Leave it empty where a URL is asked."
      aria-label={`Options of field ${number}`}
      autosize
      minRows={2}
      value={text}
      error={marked[`${path}.options`]}
      onChange={(event) => {
        setText(event.currentTarget.value)
        onChange({ options: optionsFrom(event.currentTarget.value) })
      }}
    />
  )
}

const Line = ({ field, number, types, path, marked, onChange, onRemove }: LineProps) => (
  <Fieldset legend={field.label || `Field ${number}`} p="sm">
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs">
        <TextInput
          label="Label"
          value={field.label}
          error={marked[`${path}.label`]}
          onChange={(event) => onChange({ label: event.currentTarget.value })}
        />
        <TextInput
          label="Key"
          value={field.key}
          error={marked[`${path}.key`] ?? marked[path]}
          onChange={(event) => onChange({ key: event.currentTarget.value })}
        />
        <Select
          label="Type"
          allowDeselect={false}
          data={types.map((value) => ({ value, label: fieldTypeNames[value] }))}
          value={field.type}
          error={marked[`${path}.type`]}
          onChange={(type) => onChange({ type: type as SuppliedField['type'] })}
        />
      </SimpleGrid>
      {hasOptions(field.type) && <Options field={field} number={number} path={path} marked={marked} onChange={onChange} />}
      {(hasOptions(field.type) || field.type === 'dynamic') && (
        <TextInput
          label={field.type === 'dynamic' ? 'URL that says which fields there are' : 'URL that says what there is to choose'}
          type="url"
          value={field.url ?? ''}
          error={marked[`${path}.url`]}
          onChange={(event) => onChange({ url: event.currentTarget.value.trim() })}
        />
      )}
      <Group justify="space-between">
        <Switch
          label="Required"
          checked={field.required ?? false}
          onChange={(event) => onChange({ required: event.currentTarget.checked })}
        />
        <Tooltip label="Remove">
          <ActionIcon variant="subtle" color="gray" c="dimmed" aria-label={`Remove field ${number}`} onClick={onRemove}>
            <IconTrash size={16} />
          </ActionIcon>
        </Tooltip>
      </Group>
    </Stack>
  </Fieldset>
)

const blank: SuppliedField = { key: '', label: '', type: 'string' }

/** What an action asks for, or a trigger can be filtered by. */
export const FieldList = ({ legend, about, types, fields, path, marked, onChange }: FieldListProps) => {
  // Lines keep what is typed in them when one above is removed.
  const [ids, setIds] = useState(() => fields.map((_, at) => at))
  const [next, setNext] = useState(fields.length)
  const add = () => {
    setIds([...ids, next])
    setNext(next + 1)
    onChange([...fields, blank])
  }
  const remove = (index: number) => {
    setIds(ids.filter((_, at) => at !== index))
    onChange(fields.filter((_, at) => at !== index))
  }
  return (
    <Stack gap="xs">
      <div>
        <Text size="sm" fw={500}>
          {legend}
        </Text>
        <Text size="xs" c="dimmed">
          {about}
        </Text>
      </div>
      {fields.map((field, index) => (
        <Line
          key={ids[index]}
          field={field}
          number={index + 1}
          types={types}
          path={`${path}.${index}`}
          marked={marked}
          onChange={(change) => onChange(fields.map((each, at) => (at === index ? { ...each, ...change } : each)))}
          onRemove={() => remove(index)}
        />
      ))}
      <Group>
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} disabled={fields.length >= 50} onClick={add}>
          Add a field
        </Button>
      </Group>
      {marked[path] && (
        <Text size="xs" c="var(--mantine-color-error)">
          {marked[path]}
        </Text>
      )}
    </Stack>
  )
}
