import { MultiSelect, SegmentedControl, Select, TextInput } from '@mantine/core'
import { textOf } from '../contacts/words.js'
import { MergeText } from '../settings/merge-text.js'
import { contactFacts } from './conditions.js'
import type { FactSpec } from './fields.js'
import type { InputProps } from './inputs.js'
import { problemOfField } from './problems.js'
import { useKnownSources } from './sources.js'

interface FieldSelectProps extends Pick<InputProps, 'part' | 'problems' | 'set'> {
  readonly name: string
  readonly label: string
  readonly own: readonly FactSpec[]
}

/** One of the contact's fields, its own or a custom one. */
export const FieldSelect = ({ name, label, own, part, problems, set }: FieldSelectProps) => {
  const { customFacts } = useKnownSources()
  const value = textOf(part[name])
  const items = (rows: readonly FactSpec[]) => rows.map((each) => ({ value: each.field, label: each.label }))
  const known = [...own, ...customFacts].some(({ field }) => field === value)
  return (
    <Select
      openOnFocus={false}
      label={label}
      placeholder="Choose"
      data={[
        { group: 'Contact', items: items(own) },
        ...(customFacts.length > 0 ? [{ group: 'Custom fields', items: items(customFacts) }] : []),
        ...(known || value === '' ? [] : [{ group: 'Other', items: [{ value, label: value }] }]),
      ]}
      value={value || null}
      error={problemOfField(problems, name)}
      onChange={(next) => set({ [name]: next ?? '' })}
      searchable
    />
  )
}

export const birthdayFact: FactSpec = { field: 'dateOfBirth', label: 'Date of birth' }
export const settableFacts = contactFacts.filter(({ field }) => field !== 'tags')

export const ContactField = ({ field: { name, label = '', birthday }, ...rest }: InputProps<'contact-field'>) => (
  <FieldSelect {...rest} name={name} label={label} own={birthday ? [birthdayFact] : settableFacts} />
)

export const mathWords: Readonly<Record<string, string>> = {
  add: 'plus',
  subtract: 'minus',
  multiply: 'times',
  divide: 'divided by',
  add_days: 'and so many days later',
  subtract_days: 'and so many days earlier',
}

/** A field, and what is added to it or taken off. */
export const Reckoning = ({ part, problems, set }: InputProps<'math'>) => (
  <>
    <FieldSelect name="field" label="Field" own={settableFacts} part={part} problems={problems} set={set} />
    <Select
      openOnFocus={false}
      label="How"
      data={Object.entries(mathWords).map(([value, label]) => ({ value, label }))}
      value={textOf(part.operator) || 'add'}
      error={problemOfField(problems, 'operator')}
      onChange={(operator) => set({ operator: operator ?? 'add' })}
      allowDeselect={false}
    />
    <MergeText
      label="By"
      value={textOf(part.value)}
      error={problemOfField(problems, 'value')}
      onChange={(value) => set({ value }, 'value')}
    />
  </>
)

const channels = ['Call', 'Email', 'SMS', 'WhatsApp', 'GMB', 'FB']

export const Disturbing = ({ part, problems, set }: InputProps<'dnd'>) => (
  <>
    <SegmentedControl
      aria-label="Do-not-disturb"
      data={[
        { value: 'on', label: 'On' },
        { value: 'off', label: 'Off' },
      ]}
      value={part.on === false ? 'off' : 'on'}
      onChange={(next) => set({ on: next === 'on' })}
    />
    <MultiSelect
      openOnFocus={false}
      label="Channels"
      description="None: all of them."
      data={channels}
      value={((part.channels ?? []) as unknown[]).map(textOf)}
      error={problemOfField(problems, 'channels', 'on')}
      onChange={(next) => set({ channels: next.length > 0 ? next : undefined })}
    />
  </>
)

export const leavingWords: Readonly<Record<string, string>> = {
  this: 'This one',
  others: 'All others',
  all: 'All, this one too',
}
const leaving = [...Object.entries(leavingWords), ['one', 'One of them'] as const].map(([value, label]) => ({ value, label }))

/** Which workflows the contact leaves. */
export const WorkflowLeft = ({ part, problems, set }: InputProps<'workflow-left'>) => {
  const { workflows } = useKnownSources().options
  const from = textOf(part.from) || 'one'
  const value = textOf(part.workflowId)
  const data = workflows.map((each) => ({ value: each.value, label: each.label }))
  return (
    <>
      <Select
        openOnFocus={false}
        label="Which"
        data={leaving}
        value={from}
        error={problemOfField(problems, 'from', 'must')}
        onChange={(next) => set(next === 'one' ? { from: undefined, workflowId: '' } : { from: next, workflowId: undefined })}
        allowDeselect={false}
      />
      {from === 'one' && (
        <Select
          openOnFocus={false}
          label="Workflow"
          placeholder="Choose"
          data={value === '' || data.some((each) => each.value === value) ? data : [...data, { value, label: value }]}
          value={value || null}
          error={problemOfField(problems, 'workflowId')}
          onChange={(workflowId) => set({ workflowId: workflowId ?? '' })}
          searchable
        />
      )}
    </>
  )
}

export const Time = ({ field: { name, label }, part, problems, set }: InputProps<'time'>) => (
  <TextInput
    label={label}
    type="time"
    value={textOf(part[name])}
    error={problemOfField(problems, name)}
    onChange={(event) => set({ [name]: event.currentTarget.value || undefined }, name)}
  />
)
