import { ActionIcon, Checkbox, Group, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useCustomFields } from '../contacts/words.js'
import classes from './forms.module.css'
import { contactKeys, type FieldType, type FormField, hasOptions, keyOf, typeNames } from './words.js'

/** A question with a name that stays while it is moved and renamed. */
export interface Draft {
  readonly uid: string
  readonly field: FormField
}

interface FieldEditorProps {
  readonly draft: Draft
  readonly at: number
  readonly drafts: readonly Draft[]
  readonly onChange: (field: FormField) => void
  readonly onMove: (to: number) => void
  readonly onRemove: () => void
}

const own = 'own'

/** Where the answer goes. */
const Goes = ({ draft: { field }, drafts, onChange }: Pick<FieldEditorProps, 'draft' | 'drafts' | 'onChange'>) => {
  const { fields } = useCustomFields()
  const known = contactKeys.map(([key]) => key)
  const custom = fields.find(({ id, fieldKey }) => field.key === id || field.key === fieldKey)
  const value = known.includes(field.key) ? field.key : custom ? custom.id : own
  const choose = (key: string | null) => {
    const [, label, type] = contactKeys.find(([each]) => each === key) ?? []
    if (label && type) return onChange({ ...field, key: key ?? '', type })
    if (key && key !== own) {
      // Type and options follow from the custom field.
      const { type: _, options: __, ...rest } = field
      return onChange({ ...rest, key })
    }
    onChange({
      ...field,
      key: keyOf(
        field.label,
        drafts.map((each) => each.field.key),
      ),
    })
  }
  return (
    <Select
      size="xs"
      label="Answer goes to"
      data={[
        { group: 'Contact', items: contactKeys.map(([key, label]) => ({ value: key, label })) },
        ...(fields.length > 0
          ? [{ group: 'Custom fields', items: fields.map(({ id, name }) => ({ value: id, label: name })) }]
          : []),
        { group: 'Nowhere else', items: [{ value: own, label: 'Only this form' }] },
      ]}
      value={value}
      onChange={choose}
      allowDeselect={false}
      searchable
    />
  )
}

/** The answer that is waited for: chosen where the question has choices. */
const Answer = ({
  asked,
  value,
  onChange,
}: {
  asked: FormField | undefined
  value: string
  onChange: (value: string) => void
}) => {
  const data =
    asked?.type === 'consent'
      ? [{ value: 'true', label: 'given' }]
      : (asked?.options ?? []).map((each) => ({ value: each, label: each }))
  if (data.length === 0)
    return <TextInput size="xs" label="is" value={value} onChange={(event) => onChange(event.currentTarget.value)} />
  const known = value === '' || data.some((each) => each.value === value)
  return (
    <Select
      size="xs"
      label="is"
      placeholder="Choose"
      data={known ? data : [...data, { value, label: value }]}
      value={value || null}
      onChange={(next) => onChange(next ?? '')}
      allowDeselect={false}
    />
  )
}

/** Asked only after another answer. */
const Condition = ({ draft: { field }, at, drafts, onChange }: Omit<FieldEditorProps, 'onMove' | 'onRemove'>) => {
  const earlier = drafts.slice(0, at).map((each) => each.field)
  if (earlier.length === 0) return null
  const { showIf, ...rest } = field
  return (
    <Group grow align="flex-start" gap="xs">
      <Select
        size="xs"
        label="Only if"
        placeholder="Always asked"
        data={earlier.map(({ key, label }) => ({ value: key, label }))}
        value={showIf?.key ?? null}
        onChange={(key) => onChange(key ? { ...rest, showIf: { key, equals: showIf?.equals ?? '' } } : rest)}
        clearable
        clearButtonProps={{ 'aria-label': 'Always ask' }}
      />
      {showIf && (
        <Answer
          asked={earlier.find(({ key }) => key === showIf.key)}
          value={showIf.equals}
          onChange={(equals) => onChange({ ...rest, showIf: { key: showIf.key, equals } })}
        />
      )}
    </Group>
  )
}

const Acts = ({ draft, at, drafts, onMove, onRemove }: Omit<FieldEditorProps, 'onChange'>) => (
  <Group gap={2}>
    {(
      [
        [`Move ${draft.field.label} up`, IconArrowUp, at === 0, () => onMove(at - 1)],
        [`Move ${draft.field.label} down`, IconArrowDown, at === drafts.length - 1, () => onMove(at + 1)],
        [`Remove ${draft.field.label}`, IconTrash, false, onRemove],
      ] as const
    ).map(([label, Icon, off, act]) => (
      <ActionIcon key={label} variant="subtle" color="gray" c="dimmed" aria-label={label} disabled={off} onClick={act}>
        <Icon size={15} />
      </ActionIcon>
    ))}
  </Group>
)

/** One question of the form. */
export const FieldEditor = (props: FieldEditorProps) => {
  const { draft, onChange } = props
  const { field } = draft
  const text = (name: 'placeholder' | 'help' | 'value', label: string) => (
    <TextInput
      size="xs"
      label={label}
      value={field[name] ?? ''}
      onChange={(event) => onChange({ ...field, [name]: event.currentTarget.value })}
    />
  )
  return (
    <li className={classes.field}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="flex-end">
          <TextInput
            size="xs"
            flex={1}
            label="Question"
            value={field.label}
            onChange={(event) => onChange({ ...field, label: event.currentTarget.value })}
          />
          <Acts {...props} />
        </Group>
        <Group grow align="flex-start" gap="xs">
          <Goes {...props} />
          <Select
            size="xs"
            label="Kind"
            placeholder="As its field"
            data={Object.entries(typeNames).map(([value, label]) => ({ value, label }))}
            value={field.type ?? null}
            onChange={(type) => onChange({ ...field, type: (type ?? 'text') as FieldType })}
          />
        </Group>
        {hasOptions(field.type) && (
          <TagsInput
            size="xs"
            label="Options"
            placeholder="Type one and press Enter"
            value={[...(field.options ?? [])]}
            onChange={(options) => onChange({ ...field, options })}
          />
        )}
        <Group grow align="flex-start" gap="xs">
          {field.type === 'hidden' ? text('value', 'Holds') : text('help', 'Help')}
          {field.type !== 'hidden' && text('placeholder', 'Placeholder')}
        </Group>
        <Condition {...props} />
        {field.type !== 'hidden' && (
          <Checkbox
            size="xs"
            label="Has to be answered"
            checked={field.required ?? false}
            onChange={(event) => onChange({ ...field, required: event.currentTarget.checked })}
          />
        )}
      </Stack>
    </li>
  )
}
