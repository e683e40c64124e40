import {
  ActionIcon,
  Button,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  Stack,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { textOf } from '../contacts/words.js'
import { MergeText } from '../settings/merge-text.js'
import type { FieldSpec, Source } from './fields.js'
import { problemOfField } from './problems.js'
import { stepOptions } from './says.js'
import { useKnownSources } from './sources.js'
import type { Definition } from './tree.js'
import type { Part } from './words.js'
import classes from './workflow.module.css'

/** What an input of a part is given. */
export interface InputProps<A extends FieldSpec['as'] = FieldSpec['as']> {
  readonly field: Extract<FieldSpec, { as: A }>
  readonly part: Part
  readonly definition: Definition
  /** What the server said of this part. */
  readonly problems: readonly string[]
  /** Puts values into the part; undefined takes one out. @param about what is written on, so that letters are undone together */
  set(values: Readonly<Record<string, unknown>>, about?: string): void
}

export const Line = ({ field: { name, label = '', hint, placeholder, merge }, part, problems, set }: InputProps<'line'>) => {
  const shared = { label, value: textOf(part[name]), error: problemOfField(problems, name), placeholder: placeholder ?? '' }
  const put = (value: string) => set({ [name]: value || undefined }, name)
  if (merge) return <MergeText {...shared} onChange={put} />
  return <TextInput {...shared} description={hint} autoComplete="off" onChange={(event) => put(event.currentTarget.value)} />
}

export const LongText = ({ field: { name, label = '', rows }, part, problems, set }: InputProps<'text'>) => (
  <MergeText
    label={label}
    rows={rows}
    value={textOf(part[name])}
    error={problemOfField(problems, name)}
    onChange={(value) => set({ [name]: value || undefined }, name)}
  />
)

/** A text, or what a text of JSON says. */
export const JsonText = ({ field: { name, label, hint }, part, problems, set }: InputProps<'json'>) => {
  const value = part[name]
  const [text, setText] = useState(typeof value === 'object' ? JSON.stringify(value, null, 2) : textOf(value))
  const put = (typed: string) => {
    setText(typed)
    set({ [name]: parsed(typed) }, name)
  }
  return (
    <Textarea
      label={label}
      description={hint}
      autosize
      minRows={3}
      maxRows={14}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
      value={text}
      error={problemOfField(problems, name)}
      onChange={(event) => put(event.currentTarget.value)}
    />
  )
}

const parsed = (text: string): unknown => {
  if (text.trim() === '') return undefined
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === 'object' && value !== null ? value : text
  } catch {
    return text
  }
}

export const Amount = ({ field: { name, label, hint, least = 0 }, part, problems, set }: InputProps<'number'>) => (
  <NumberInput
    label={label}
    description={hint}
    min={least}
    hideControls
    value={typeof part[name] === 'number' ? part[name] : ''}
    error={problemOfField(problems, name)}
    onChange={(value) => set({ [name]: value === '' ? undefined : Number(value) }, name)}
  />
)

export const Flag = ({ field: { name, label, hint }, part, set }: InputProps<'flag'>) => (
  <Switch
    label={label}
    description={hint}
    checked={part[name] === true}
    onChange={(event) => set({ [name]: event.currentTarget.checked || undefined })}
  />
)

export const Choice = ({
  field: { name, label = '', hint, options, clearable = false },
  part,
  problems,
  set,
}: InputProps<'choice'>) => (
  <Select
    openOnFocus={false}
    label={label}
    placeholder="Choose"
    data={options.map(([value, word]) => ({ value, label: word }))}
    value={textOf(part[name]) || null}
    error={problemOfField(problems, name)}
    description={hint}
    onChange={(value) => set({ [name]: value ?? undefined })}
    allowDeselect={clearable}
    clearable={clearable}
    clearButtonProps={{ 'aria-label': `Clear ${label}` }}
  />
)

const useOptions = (of: Source, part: Part, definition: Definition) => {
  const { options, supplied } = useKnownSources()
  if (of === 'steps') return stepOptions(definition, supplied).filter(({ value }) => value !== part.id)
  if (of !== 'stages' || !part.pipelineId) return options[of]
  return options.stages.filter(({ within }) => within === part.pipelineId)
}

/** A value that is not among the choices any more stays as it is. */
const withKnown = (data: readonly { value: string; label: string }[], value: string) =>
  value === '' || data.some((each) => each.value === value) ? data : [...data, { value, label: value }]

export const One = ({ field: { name, label = '', of, placeholder }, part, definition, problems, set }: InputProps<'one'>) => {
  const data = useOptions(of, part, definition).map(({ value, label: word }) => ({ value, label: word }))
  const value = textOf(part[name])
  // A stage is one of its pipeline.
  const choose = (next: string | null) =>
    set({ [name]: next ?? undefined, ...(of === 'pipelines' ? { pipelineStageId: undefined } : {}) })
  return (
    <Select
      openOnFocus={false}
      label={label}
      placeholder={placeholder ?? 'Choose'}
      data={[...withKnown(data, value)]}
      value={value || null}
      error={problemOfField(problems, name)}
      onChange={choose}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${label}` }}
      nothingFoundMessage="Nothing matches"
    />
  )
}

export const Several = ({ field: { name, label, hint, of }, part, definition, problems, set }: InputProps<'several'>) => {
  const data = useOptions(of, part, definition).map(({ value, label: word }) => ({ value, label: word }))
  // A single user is kept under a name of its own.
  const values = ((part[name] ?? (part.userId ? [part.userId] : [])) as unknown[]).map(textOf)
  return (
    <MultiSelect
      openOnFocus={false}
      label={label}
      description={hint}
      data={[...values.reduce<readonly { value: string; label: string }[]>(withKnown, data)]}
      value={values}
      error={problemOfField(problems, name, 'userId')}
      onChange={(next) =>
        set({ [name]: next.length > 0 || (name === 'users' && part.type === 'assign') ? next : undefined, userId: undefined })
      }
      searchable
    />
  )
}

export const Words = ({ field: { name, label, hint }, part, problems, set }: InputProps<'words'>) => (
  <TagsInput
    openOnFocus={false}
    label={label}
    description={hint}
    value={((part[name] ?? []) as unknown[]).map(textOf)}
    error={problemOfField(problems, name)}
    onChange={(next) => set({ [name]: next.length > 0 ? next : undefined })}
  />
)

export const Tags = ({ part, problems, set }: InputProps<'tags'>) => {
  const { options } = useKnownSources()
  return (
    <TagsInput
      openOnFocus={false}
      label="Tags"
      placeholder="Type one and press Enter"
      data={options.tags.map(({ value }) => value)}
      value={((part.tags ?? (part.tag ? [part.tag] : [])) as unknown[]).map(textOf)}
      error={problemOfField(problems, 'tags', 'tag')}
      onChange={(tags) => set({ tags, tag: undefined })}
    />
  )
}

/** Names with a value each, such as headers. */
export const Pairs = ({ field: { name, label = '' }, part, problems, set }: InputProps<'pairs'>) => {
  const [rows, setRows] = useState(
    Object.entries((part[name] ?? {}) as Record<string, unknown>).map(([key, value]) => [key, textOf(value)] as const),
  )
  const put = (next: readonly (readonly [string, string])[]) => {
    setRows([...next])
    const named = next.filter(([key]) => key.trim() !== '')
    set({ [name]: named.length > 0 ? Object.fromEntries(named) : undefined }, name)
  }
  const change = (at: number, row: readonly [string, string]) => put(rows.map((each, index) => (index === at ? row : each)))
  const input = (word: string, value: string, onChange: (value: string) => void): ReactNode => (
    <TextInput
      size="xs"
      flex={1}
      aria-label={word}
      placeholder={word}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
  return (
    <fieldset className={classes.plain}>
      <legend>{label}</legend>
      <Stack gap={4}>
        {rows.map(([key, value], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name may be empty while it is written
          <Group key={at} gap={4} wrap="nowrap">
            {input('Name', key, (next) => change(at, [next, value]))}
            {input('Value', value, (next) => change(at, [key, next]))}
            <ActionIcon
              variant="subtle"
              color="gray"
              c="dimmed"
              aria-label={`Remove ${key || 'row'}`}
              onClick={() => put(rows.filter((_, index) => index !== at))}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </Group>
        ))}
        {problemOfField(problems, name) && <div className={classes.bad}>{problemOfField(problems, name)}</div>}
        <Button
          size="compact-xs"
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconPlus size={13} />}
          onClick={() => setRows([...rows, ['', '']])}
        >
          Add
        </Button>
      </Stack>
    </fieldset>
  )
}
