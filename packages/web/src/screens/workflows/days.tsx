import { Chip, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { textOf } from '../contacts/words.js'
import type { InputProps } from './inputs.js'
import { problemOfField } from './problems.js'
import type { Part } from './words.js'

const names = [
  ['mon', 'Mo'],
  ['tue', 'Tu'],
  ['wed', 'We'],
  ['thu', 'Th'],
  ['fri', 'Fr'],
  ['sat', 'Sa'],
  ['sun', 'Su'],
] as const

/** Some days of the week; all of them are kept as nothing. */
export const Days = ({ value, onChange }: { value: unknown; onChange: (days: readonly string[] | undefined) => void }) => (
  <Chip.Group
    multiple
    value={(value as string[] | undefined) ?? names.map(([id]) => id)}
    onChange={(next) => onChange(next.length === 7 ? undefined : next)}
  >
    <Group gap={4} role="group" aria-label="On these days">
      {names.map(([id, label]) => (
        <Chip key={id} value={id} size="xs">
          {label}
        </Chip>
      ))}
    </Group>
  </Chip.Group>
)

interface WindowFieldsProps {
  readonly label: string
  readonly value: Part | undefined
  readonly error?: string | undefined
  /** Of a whole workflow: whether it holds messages alone. */
  readonly general?: boolean
  readonly onChange: (value: Part | undefined, about?: string) => void
}

/** Days and hours in which something may be done, by the clock of the sub-account. */
export const WindowFields = ({ label, value, error, general = false, onChange }: WindowFieldsProps) => {
  const put = (values: Part, about?: string) =>
    onChange(
      Object.fromEntries(Object.entries({ ...value, ...values }).filter(([, each]) => each !== undefined && each !== '')),
      about,
    )
  const time = (name: 'from' | 'to', word: string) => (
    <TextInput
      label={word}
      type="time"
      value={textOf(value?.[name])}
      onChange={(event) => put({ [name]: event.currentTarget.value }, `window ${name}`)}
    />
  )
  return (
    <Stack gap="xs">
      <Switch
        label={label}
        checked={value !== undefined}
        onChange={(event) =>
          onChange(
            event.currentTarget.checked ? { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' } : undefined,
          )
        }
      />
      {value && (
        <>
          <Days value={value.days} onChange={(days) => put({ days })} />
          <Group grow gap="xs">
            {time('from', 'From')}
            {time('to', 'To')}
          </Group>
          {general && (
            <Select
              openOnFocus={false}
              label="Holds back"
              data={[
                { value: 'messages', label: 'Messages' },
                { value: 'all', label: 'Everything that is done' },
              ]}
              value={textOf(value.applies) || 'messages'}
              onChange={(applies) => put({ applies: applies === 'all' ? 'all' : undefined })}
              allowDeselect={false}
            />
          )}
          {error && (
            <Text size="xs" c="var(--mantine-color-error)">
              {error}
            </Text>
          )}
        </>
      )}
    </Stack>
  )
}

/** Whatever would be done at another hour waits for this one. */
export const StepWindow = ({ part, problems, set }: InputProps<'window'>) => (
  <WindowFields
    label="Only at certain hours"
    value={part.window as Part | undefined}
    error={problemOfField(problems, 'window')}
    onChange={(window, about) => set({ window }, about)}
  />
)
