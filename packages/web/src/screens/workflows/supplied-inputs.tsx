import { workflows } from '@groundlevel/contracts'
import { Checkbox, Loader, MultiSelect, Radio, Select, Stack, Switch, TagsInput, Text } from '@mantine/core'
import type { ComponentType } from 'react'
import { useAsk } from '../../api.js'
import { textOf, useLocationId } from '../contacts/words.js'
import { MergeText } from '../settings/merge-text.js'
import type { Asked } from './fields.js'
import { type Entry, valueIn } from './supplied.js'
import type { Part } from './words.js'
import classes from './workflow.module.css'

/** What the app’s own server says of one of its fields. @param data what is filled in so far, for a field that depends on it */
export const useAnswer = ({ appId, kind, key }: Asked, field: string, { data, enabled }: { data?: Part; enabled: boolean }) => {
  const locationId = useLocationId()
  const body = { locationId, appId, kind, key, field, ...(data ? { data } : {}) }
  return useAsk(workflows.workflow.ask, { body }, { enabled, keep: true })
}

interface EntryProps {
  readonly entry: Entry
  readonly value: unknown
  readonly error: string | undefined
  readonly asked: Asked
  /** @param about the field, where letters are typed into it */
  readonly onChange: (value: unknown, about?: string) => void
}

/** A number as a number, once it is one; a merge field and what is not finished stay text. */
const numberOr = (text: string): unknown => (text !== '' && String(Number(text)) === text ? Number(text) : text)

const Typed = ({ entry: { key, label, type, help, required }, value, error, onChange }: EntryProps) => (
  <div>
    <MergeText
      label={required ? `${label} *` : label}
      rows={type === 'textarea' ? 4 : type === 'rich_text' ? 6 : 1}
      mono={type === 'rich_text'}
      value={textOf(value)}
      error={error}
      onChange={(text) => onChange(type === 'numerical' ? numberOr(text) : text, key)}
    />
    {help && (
      <Text size="xs" c="dimmed" mt={4}>
        {help}
      </Text>
    )}
  </div>
)

const isYes = (value: unknown) => value === true || value === 'true'

const Toggle = ({ entry: { label, type, help }, value, error, onChange }: EntryProps) => {
  const shared = {
    label,
    description: help || undefined,
    error,
    checked: isYes(value),
    onChange: (event: { currentTarget: { checked: boolean } }) => onChange(event.currentTarget.checked),
  }
  return type === 'toggle' ? <Switch {...shared} /> : <Checkbox {...shared} />
}

const Files = ({ entry: { label, help, required }, value, error, onChange }: EntryProps) => (
  <TagsInput
    openOnFocus={false}
    label={label}
    withAsterisk={required}
    description={help || 'Web addresses of files.'}
    value={(Array.isArray(value) ? value : value ? [value] : []).map(textOf)}
    error={error}
    onChange={onChange}
  />
)

/** What there is to choose: as the app has defined it, or as its server says now. */
const useChoices = (entry: Entry, asked: Asked, chosen: readonly string[]) => {
  const answer = useAnswer(asked, entry.key, { enabled: entry.asks })
  const options = entry.asks ? (answer.data?.options ?? []) : entry.options
  // One that is chosen and no longer offered stays as it is.
  const others = chosen.filter((each) => each !== '' && !options.some(({ value }) => value === each))
  // The same twice is one choice.
  const data = new Map([...options, ...others.map((each) => ({ value: each, label: each }))].map((each) => [each.value, each]))
  const waiting = entry.asks && answer.isPending
  return { data: [...data.values()], waiting, problem: answer.error, again: () => void answer.refetch() }
}

const Chosen = ({ entry, value, error, asked, onChange }: EntryProps) => {
  const isMany = entry.type === 'multiselect'
  const chosen = (Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value]).map(textOf)
  const { data, waiting, problem, again } = useChoices(entry, asked, chosen)
  const shared = {
    openOnFocus: false,
    label: entry.label,
    withAsterisk: entry.required,
    description: entry.help || undefined,
    data: data.map((each) => ({ value: each.value, label: each.label })),
    error: error ?? (problem ? <Unanswered why={problem.message} again={again} /> : undefined),
    placeholder: waiting ? `Asking ${asked.appName}…` : 'Choose',
    ...(waiting ? { rightSection: <Loader size={14} /> } : {}),
    searchable: true,
    nothingFoundMessage: 'Nothing matches',
  }
  if (isMany)
    return <MultiSelect {...shared} placeholder={waiting ? shared.placeholder : ''} value={chosen} onChange={onChange} />
  if (entry.type === 'radio' && !waiting && !problem)
    return (
      <Radio.Group
        label={entry.label}
        withAsterisk={entry.required}
        description={entry.help || undefined}
        error={error}
        value={chosen[0] ?? ''}
        onChange={onChange}
      >
        <Stack gap={6} mt={6}>
          {data.map((each) => (
            <Radio key={each.value} value={each.value} label={each.label} />
          ))}
        </Stack>
      </Radio.Group>
    )
  return (
    <Select
      {...shared}
      value={chosen[0] ?? null}
      onChange={(next) => onChange(next ?? '')}
      clearable={!entry.required}
      clearButtonProps={{ 'aria-label': `Clear ${entry.label}` }}
    />
  )
}

interface AskedValueProps {
  readonly field: string
  readonly asked: Asked
  readonly value: string
  readonly onChange: (value: string) => void
}

/** What a condition compares with, where an app says what there is. */
export const AskedValue = ({ field, asked, value, onChange }: AskedValueProps) => {
  const entry = { key: field, label: 'Value', type: 'select', required: true, help: '', options: [], asks: true }
  const { data, waiting, problem, again } = useChoices(entry, asked, [value])
  return (
    <Select
      openOnFocus={false}
      size="xs"
      aria-label="Value"
      placeholder={waiting ? `Asking ${asked.appName}…` : 'Choose'}
      {...(waiting ? { rightSection: <Loader size={12} /> } : {})}
      data={data.map((each) => ({ value: each.value, label: each.label }))}
      value={value || null}
      error={problem ? <Unanswered why={problem.message} again={again} /> : undefined}
      onChange={(next) => onChange(next ?? '')}
      searchable
    />
  )
}

/** The app’s server did not say what there is. */
const Unanswered = ({ why, again }: { why: string; again: () => void }) => (
  <span>
    {why}{' '}
    <button type="button" className={classes.again} onClick={again}>
      Ask again
    </button>
  </span>
)

const byType: Readonly<Record<string, ComponentType<EntryProps>>> = {
  select: Chosen,
  radio: Chosen,
  multiselect: Chosen,
  toggle: Toggle,
  checkbox: Toggle,
  attachment: Files,
}

interface EntriesProps {
  readonly entries: readonly Entry[]
  readonly values: unknown
  readonly asked: Asked
  /** What the server said of one of them. */
  readonly problemOf: (key: string) => string | undefined
  readonly onChange: (values: Part, about?: string) => void
}

/** Fields that an app has defined, each entered as its type says. */
export const Entries = ({ entries, values, asked, problemOf, onChange }: EntriesProps) => {
  const shown = entries.filter(({ type }) => type !== 'hidden' && type !== 'dynamic')
  return shown.map((entry) => {
    const Input = (Object.hasOwn(byType, entry.type) ? byType[entry.type] : undefined) ?? Typed
    return (
      <Input
        key={entry.key}
        entry={entry}
        value={valueIn(values, entry.key)}
        error={problemOf(entry.key)}
        asked={asked}
        onChange={(value, about) => onChange({ ...(values as Part | undefined), [entry.key]: value }, about)}
      />
    )
  })
}
