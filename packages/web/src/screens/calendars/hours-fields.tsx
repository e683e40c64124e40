import { ActionIcon, Button, Group, MultiSelect, Stack, Switch, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { type OwnDay, ownDayOf, type Span, span, weekdays } from './open-hours.js'

const Remove = ({ label, onClick }: { label: string; onClick: () => void }) => (
  <ActionIcon variant="subtle" color="gray" c="dimmed" mt={3} aria-label={label} onClick={onClick}>
    <IconTrash size={15} />
  </ActionIcon>
)

interface TimesProps {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly onChange: (change: { readonly from?: string; readonly to?: string }) => void
}

const Times = ({ name, from, to, onChange }: TimesProps) => (
  <>
    <TextInput
      size="xs"
      type="time"
      aria-label={`Opens, ${name}`}
      value={from}
      onChange={(event) => onChange({ from: event.currentTarget.value })}
    />
    <TextInput
      size="xs"
      type="time"
      aria-label={`Closes, ${name}`}
      value={to}
      onChange={(event) => onChange({ to: event.currentTarget.value })}
    />
  </>
)

const Add = ({ children, onClick }: { children: string; onClick: () => void }) => (
  <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} style={{ alignSelf: 'flex-start' }} onClick={onClick}>
    {children}
  </Button>
)

/** Hours by weekday. */
export const Hours = ({ spans, onChange }: { spans: readonly Span[]; onChange: (spans: Span[]) => void }) => {
  const change = (at: number, values: Partial<Span>) =>
    onChange(spans.map((each, index) => (index === at ? { ...each, ...values } : each)))
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        Open hours
      </Text>
      {spans.map(({ key, days, from, to }, at) => (
        <Group key={key} gap={4} align="flex-start">
          <MultiSelect
            size="xs"
            w="100%"
            aria-label={`Days of span ${at + 1}`}
            data={weekdays.map((label, day) => ({ value: String(day), label }))}
            value={[...days]}
            onChange={(next) => change(at, { days: next })}
          />
          <Times name={`span ${at + 1}`} from={from} to={to} onChange={(values) => change(at, values)} />
          <Remove label={`Remove span ${at + 1}`} onClick={() => onChange(spans.filter((_, index) => index !== at))} />
        </Group>
      ))}
      <Add onClick={() => onChange([...spans, span(['1'], '09:00', '17:00')])}>Add hours</Add>
    </Stack>
  )
}

interface OwnDaysProps {
  readonly days: readonly OwnDay[]
  /** The day that a new one begins with. */
  readonly today: string
  readonly onChange: (days: OwnDay[]) => void
}

/** Single days with hours of their own. */
export const OwnDays = ({ days, today, onChange }: OwnDaysProps) => {
  const change = (at: number, values: Partial<OwnDay>) =>
    onChange(days.map((each, index) => (index === at ? { ...each, ...values } : each)))
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        Days with other hours
      </Text>
      {days.map(({ key, date, closed, from, to }, at) => (
        <Group key={key} gap={4} align="flex-start">
          <TextInput
            size="xs"
            type="date"
            aria-label={`Day ${at + 1}`}
            value={date}
            onChange={(event) => change(at, { date: event.currentTarget.value })}
          />
          <Switch
            size="xs"
            mt={7}
            label="Closed"
            aria-label={`Closed on day ${at + 1}`}
            checked={closed}
            onChange={(event) => change(at, { closed: event.currentTarget.checked })}
          />
          {!closed && <Times name={`day ${at + 1}`} from={from} to={to} onChange={(values) => change(at, values)} />}
          <Remove label={`Remove day ${at + 1}`} onClick={() => onChange(days.filter((_, index) => index !== at))} />
        </Group>
      ))}
      <Add onClick={() => onChange([...days, ownDayOf(today, true)])}>Add a day</Add>
    </Stack>
  )
}
