import { ActionIcon, Autocomplete, Button, Group, SegmentedControl, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { textOf } from '../contacts/words.js'
import { asksSeveral, asksValue, type Condition, contactFacts, operatorWords } from './conditions.js'
import type { FactSpec } from './fields.js'
import { useKnownSources } from './sources.js'
import { AskedValue } from './supplied-inputs.js'
import classes from './workflow.module.css'

interface ConditionEditorProps {
  readonly label: string
  readonly value: readonly Condition[]
  readonly onChange: (value: readonly Condition[]) => void
  /** Asked beside the contact's own fields: what the trigger tells. */
  readonly facts: readonly FactSpec[]
  readonly error?: string | undefined
  /** False: only what the trigger tells. */
  readonly contact?: boolean
}

const grouped = (facts: readonly FactSpec[], customFacts: readonly FactSpec[], contact: boolean, current: string) => {
  const items = (rows: readonly FactSpec[]) => rows.map(({ field, label }) => ({ value: field, label }))
  const known = [...facts, ...(contact ? [...contactFacts, ...customFacts] : [])].some(({ field }) => field === current)
  return [
    ...(facts.length > 0 ? [{ group: 'What happened', items: items(facts) }] : []),
    ...(contact ? [{ group: 'Contact', items: items(contactFacts) }] : []),
    ...(contact && customFacts.length > 0 ? [{ group: 'Custom fields', items: items(customFacts) }] : []),
    ...(known || current === '' ? [] : [{ group: 'Other', items: [{ value: current, label: current }] }]),
  ]
}

interface OneProps {
  readonly contact: boolean
  readonly condition: Condition
  readonly facts: readonly FactSpec[]
  readonly onChange: (condition: Condition) => void
}

/** What the field is compared with: chosen where the choices are known. */
const Wanted = ({ condition, facts, onChange }: Omit<OneProps, 'contact'>) => {
  const { options, customFacts } = useKnownSources()
  const { field, operator, value } = condition
  const fact = [...facts, ...contactFacts, ...customFacts].find((each) => each.field === field)
  const choices =
    fact?.options?.map(([each, label]) => ({ value: each, label })) ??
    (fact?.of && fact.of !== 'steps' ? options[fact.of] : undefined)
  const shared = { size: 'xs' as const, 'aria-label': 'Value' }
  const put = (next: unknown) => onChange({ ...condition, value: next })
  if (asksSeveral(operator)) {
    const texts = (Array.isArray(value) ? value : []).map(textOf)
    return (
      <TagsInput
        openOnFocus={false}
        {...shared}
        data={fact?.of === 'tags' ? (choices ?? []).map((each) => each.value) : []}
        value={texts}
        onChange={put}
      />
    )
  }
  if (fact?.of === 'tags')
    return (
      <Autocomplete
        openOnFocus={false}
        {...shared}
        placeholder="Tag"
        data={(choices ?? []).map((each) => each.value)}
        value={textOf(value)}
        onChange={put}
      />
    )
  if (fact?.asked) return <AskedValue field={field} asked={fact.asked} value={textOf(value)} onChange={put} />
  if (!choices) return <TextInput {...shared} value={textOf(value)} onChange={(event) => put(event.currentTarget.value)} />
  const text = textOf(value)
  const data = choices.map((each) => ({ value: each.value, label: each.label }))
  const known = text === '' || data.some((each) => each.value === text)
  return (
    <Select
      openOnFocus={false}
      {...shared}
      placeholder="Choose"
      data={known ? data : [...data, { value: text, label: text }]}
      value={text || null}
      onChange={(next) => put(next ?? '')}
      searchable
    />
  )
}

const One = (props: OneProps) => {
  const { condition, facts, contact, onChange } = props
  const { customFacts } = useKnownSources()
  const { field, operator = 'eq', value } = condition
  const operate = (next: string | null) => {
    if (!next) return
    if (!asksValue(next)) return onChange({ field, operator: next })
    const list = asksSeveral(next)
    const kept = list === Array.isArray(value) ? value : list ? (textOf(value) ? [textOf(value)] : []) : textOf(value)
    onChange({ field, operator: next, value: kept ?? '' })
  }
  return (
    <>
      <Select
        openOnFocus={false}
        size="xs"
        aria-label="Field"
        data={grouped(facts, customFacts, contact, field)}
        value={field}
        onChange={(next) =>
          next && onChange({ field: next, operator, ...(asksValue(operator) ? { value: asksSeveral(operator) ? [] : '' } : {}) })
        }
        allowDeselect={false}
        searchable
      />
      <Select
        openOnFocus={false}
        size="xs"
        aria-label="Comparison"
        data={Object.entries(operatorWords).map(([id, label]) => ({ value: id, label }))}
        value={operator}
        onChange={operate}
        allowDeselect={false}
      />
      {asksValue(operator) && <Wanted {...props} />}
    </>
  )
}

/** Conditions, one below the other. */
export const ConditionEditor = ({ label, value, onChange, facts, error, contact = true }: ConditionEditorProps) => {
  const first = facts[0]?.field ?? 'tags'
  const put = (at: number, next: Condition) => onChange(value.map((each, index) => (index === at ? next : each)))
  return (
    <fieldset className={classes.plain}>
      <legend>{label}</legend>
      <Stack gap="xs">
        {value.map((condition, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name of their own, and the same may stand twice
          <Group key={at} className={classes.condition} gap={4} wrap="nowrap" align="flex-start">
            <Stack gap={4} flex={1}>
              <One condition={condition} facts={facts} contact={contact} onChange={(next) => put(at, next)} />
            </Stack>
            <ActionIcon
              variant="subtle"
              color="gray"
              c="dimmed"
              aria-label={`Remove condition ${at + 1}`}
              onClick={() => onChange(value.filter((_, index) => index !== at))}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </Group>
        ))}
        {error && <div className={classes.bad}>{error}</div>}
        <Button
          size="compact-xs"
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconPlus size={13} />}
          onClick={() => onChange([...value, { field: first, operator: 'eq', value: '' }])}
        >
          Add condition
        </Button>
      </Stack>
    </fieldset>
  )
}

/** Whether all conditions have to hold, asked where there are several. */
export const Match = ({ any, onChange }: { any: boolean; onChange: (any: boolean) => void }) => (
  <SegmentedControl
    size="xs"
    aria-label="How many conditions have to hold"
    data={[
      { value: 'all', label: 'All of them' },
      { value: 'any', label: 'Any of them' },
    ]}
    value={any ? 'any' : 'all'}
    onChange={(next) => onChange(next === 'any')}
  />
)
