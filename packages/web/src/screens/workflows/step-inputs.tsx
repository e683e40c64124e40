import { Group, NumberInput, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { Command } from '../../parts/command.js'
import { textOf } from '../contacts/words.js'
import { MergeText } from '../settings/merge-text.js'
import { ConditionEditor } from './condition-editor.js'
import { conditionsIn } from './conditions.js'
import { FieldSelect, settableFacts } from './contact-inputs.js'
import { Days } from './days.js'
import { HappeningChoice } from './happening.js'
import type { InputProps } from './inputs.js'
import { problemOfField } from './problems.js'
import { useKnownSources } from './sources.js'
import type { Part } from './words.js'

const units = ['days', 'hours', 'minutes', 'seconds'] as const

/** How long, in units that add up. */
const Length = ({ part, set }: Pick<InputProps, 'part' | 'set'>) => (
  <Group grow gap="xs">
    {units
      .filter((unit) => unit !== 'seconds' || part.seconds !== undefined)
      .map((unit) => (
        <NumberInput
          key={unit}
          label={`${unit.charAt(0).toUpperCase()}${unit.slice(1)}`}
          min={0}
          hideControls
          value={typeof part[unit] === 'number' ? part[unit] : ''}
          onChange={(value) => set({ [unit]: value === '' ? undefined : Number(value) }, unit)}
        />
      ))}
  </Group>
)

const waits = {
  time: 'A length of time',
  until: 'Until a day',
  reply: 'Until they answer',
  event: 'Until before the event',
  happens: 'Until something happens',
} as const

const waitKind = (part: Part): keyof typeof waits => {
  if (part.for === 'reply') return 'reply'
  if (part.on !== undefined) return 'happens'
  if (part.beforeEvent === true) return 'event'
  return part.until === undefined ? 'time' : 'until'
}

const localTime = (text: unknown) => {
  const at = new Date(textOf(text))
  if (Number.isNaN(at.getTime())) return ''
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export const Wait = ({ part, problems, set }: InputProps<'wait'>) => {
  const kind = waitKind(part)
  const choose = (next: string | null) =>
    set({
      for: next === 'reply' ? 'reply' : undefined,
      beforeEvent: next === 'event' ? true : undefined,
      until: next === 'until' ? '' : undefined,
      on: next === 'happens' ? 'email_event' : undefined,
      filters: undefined,
      ...(next === 'until' ? Object.fromEntries(units.map((unit) => [unit, undefined])) : {}),
      ...(next === 'time' && units.every((unit) => part[unit] === undefined) ? { days: 1 } : {}),
    })
  return (
    <>
      <Select
        openOnFocus={false}
        label="Wait"
        data={Object.entries(waits).map(([value, label]) => ({ value, label }))}
        value={kind}
        onChange={choose}
        allowDeselect={false}
        error={problemOfField(problems, 'must', ...units)}
      />
      {kind === 'until' ? (
        <TextInput
          label="Until"
          type="datetime-local"
          value={localTime(part.until)}
          error={problemOfField(problems, 'until')}
          onChange={({ currentTarget: { value } }) => set({ until: value ? new Date(value).toISOString() : '' }, 'until')}
        />
      ) : (
        <Stack gap={4}>
          {kind === 'happens' && <HappeningChoice label="What" part={part} problems={problems} set={set} />}
          {(kind === 'reply' || kind === 'happens') && (
            <Text size="xs" c="dimmed">
              At most; nothing: for ever.
            </Text>
          )}
          <Length part={part} set={set} />
        </Stack>
      )}
    </>
  )
}

/** A template, or a text of its own. */
export const Message = ({ field: { type }, part, problems, set }: InputProps<'message'>) => {
  const { options } = useKnownSources()
  const templates = options[`${type}-templates`]
  const body = type === 'sms' ? (['message', 'body'] as const) : (['html', 'body', 'message'] as const)
  const name = body.find((each) => part[each] !== undefined) ?? body[0]
  const isTemplate = part.templateId !== undefined
  const source = (next: string) =>
    set(
      next === 'template'
        ? { templateId: '', ...Object.fromEntries(body.map((each) => [each, undefined])) }
        : { templateId: undefined, [body[0]]: '' },
    )
  const id = textOf(part.templateId)
  const data = templates.map(({ value, label }) => ({ value, label }))
  return (
    <>
      <SegmentedControl
        aria-label="Where the text comes from"
        data={[
          { value: 'own', label: 'Own text' },
          { value: 'template', label: 'Template' },
        ]}
        value={isTemplate ? 'template' : 'own'}
        onChange={source}
      />
      {type === 'email' && (
        <MergeText
          label="Subject"
          value={textOf(part.subject)}
          placeholder={isTemplate ? 'That of the template' : ''}
          error={problemOfField(problems, 'subject')}
          onChange={(subject) => set({ subject: subject || undefined }, 'subject')}
        />
      )}
      {isTemplate ? (
        <Select
          openOnFocus={false}
          label="Template"
          placeholder="Choose"
          data={id === '' || data.some(({ value }) => value === id) ? data : [...data, { value: id, label: id }]}
          value={id || null}
          error={problemOfField(problems, 'templateId', ...body)}
          onChange={(templateId) => set({ templateId: templateId ?? '' })}
          searchable
          nothingFoundMessage="No template yet: make one under Settings"
        />
      ) : (
        <MergeText
          label={name === 'html' ? 'HTML' : 'Message'}
          rows={type === 'sms' ? 4 : 8}
          mono={name === 'html'}
          value={textOf(part[name])}
          error={problemOfField(problems, ...body)}
          onChange={(value) => set({ [name]: value }, name)}
        />
      )}
    </>
  )
}

/** A field of the contact and what it becomes. */
export const FieldValue = ({ part, problems, set }: InputProps<'field-value'>) => {
  const { options } = useKnownSources()
  const fields = part.fields as Readonly<Record<string, unknown>> | undefined
  const value = textOf(part.field)
  if (fields)
    return (
      <Stack gap="xs">
        {Object.entries(fields).map(([name, text]) => (
          <MergeText
            key={name}
            label={name}
            value={textOf(text)}
            onChange={(next) => set({ fields: { ...fields, [name]: next } }, name)}
          />
        ))}
      </Stack>
    )
  return (
    <>
      <FieldSelect name="field" label="Field" own={settableFacts} part={part} problems={problems} set={set} />
      {value === 'assigned_to' ? (
        <Select
          openOnFocus={false}
          label="Becomes"
          data={options.users.map((user) => ({ value: user.value, label: user.label }))}
          value={textOf(part.value) || null}
          onChange={(next) => set({ value: next ?? '' })}
        />
      ) : (
        <MergeText
          label="Becomes"
          value={textOf(part.value)}
          error={problemOfField(problems, 'value')}
          onChange={(next) => set({ value: next }, 'value')}
        />
      )}
    </>
  )
}

/** At a time of day on some days, or every so many minutes. */
export const Schedule = ({ part, problems, set }: InputProps<'schedule'>) => {
  const often = part.everyMinutes !== undefined
  return (
    <>
      <SegmentedControl
        aria-label="How often"
        data={[
          { value: 'at', label: 'At a time of day' },
          { value: 'every', label: 'Every so often' },
        ]}
        value={often ? 'every' : 'at'}
        onChange={(next) =>
          set(next === 'every' ? { everyMinutes: 60, at: undefined, days: undefined } : { everyMinutes: undefined, at: '09:00' })
        }
      />
      {often ? (
        <NumberInput
          label="Minutes"
          min={1}
          hideControls
          value={Number(part.everyMinutes)}
          error={problemOfField(problems, 'everyMinutes')}
          onChange={(value) => set({ everyMinutes: Number(value) }, 'everyMinutes')}
        />
      ) : (
        <>
          <TextInput
            label="At"
            type="time"
            value={textOf(part.at)}
            error={problemOfField(problems, 'at')}
            onChange={(event) => set({ at: event.currentTarget.value }, 'at')}
          />
          <Days value={part.days} onChange={(days) => set({ days })} />
        </>
      )}
    </>
  )
}

/** Where another program calls. */
export const Address = ({ part }: InputProps<'address'>) =>
  typeof part.url === 'string' ? (
    <Command text={part.url} what="address to call" wrap />
  ) : (
    <Text size="sm" c="dimmed">
      Its address is made when you save.
    </Text>
  )

/** Only what fits begins the workflow. */
export const Filters = ({ field, part, problems, set }: InputProps<'filters'>) => (
  <ConditionEditor
    label="Only if"
    value={conditionsIn(part.filters)}
    onChange={(filters) => set({ filters: filters.length > 0 ? filters : undefined }, `filter ${filters.length}`)}
    facts={field.facts}
    contact={field.contact ?? false}
    error={problemOfField(problems, 'filters')}
  />
)
