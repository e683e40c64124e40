import { apps } from '@groundlevel/contracts'
import { Button, Group, Pill, Select, Stack, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useAsk } from '../../api.js'
import { FilterChips } from '../../parts/filter-chips.js'
import type { FilterName, Filters } from './filters.js'

const kinds = [
  { value: '', label: 'Everything' },
  { value: 'call', label: 'API calls' },
  { value: 'event', label: 'Events' },
  { value: 'delivery', label: 'Deliveries' },
  { value: 'install', label: 'Installs' },
  { value: 'token', label: 'Tokens' },
]

const outcomes = [
  { value: '', label: 'Any outcome' },
  { value: 'ok', label: 'Succeeded' },
  { value: 'failed', label: 'Failed' },
  { value: 'waiting', label: 'Waiting' },
]

interface FilterBarProps {
  readonly filters: Filters
  readonly onChange: (name: FilterName, value: string) => void
  readonly onClear: () => void
}

/** Search in the address after a pause in typing. */
const Search = ({ value, onChange }: { value: string; onChange: (value: string) => void }) => {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  return (
    <TextInput
      aria-label="Search the timeline"
      placeholder="Path, event, id"
      leftSection={<IconSearch size={16} />}
      flex={1}
      miw={200}
      maxLength={75}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => typed.trim() !== value && onChange(typed.trim())}
      onKeyDown={(event) => event.key === 'Enter' && onChange(typed.trim())}
    />
  )
}

/** Filters as chips; the address has them all. */
export const FilterBar = ({ filters, onChange, onClear }: FilterBarProps) => {
  const mine = useAsk(apps.app.list, {})
  const byId = (['traceId', 'locationId'] as const).filter((name) => filters[name])
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Search value={filters.query ?? ''} onChange={(value) => onChange('query', value)} />
        <Select
          aria-label="App"
          placeholder="All apps"
          data={(mine.data?.apps ?? []).map((app) => ({ value: app.id, label: app.name }))}
          value={filters.appId ?? null}
          onChange={(value) => onChange('appId', value ?? '')}
          clearable
          w={200}
        />
      </Group>
      <Group gap="md">
        <FilterChips label="Kind" options={kinds} value={filters.kind ?? ''} onChange={(value) => onChange('kind', value)} />
        <FilterChips
          label="Outcome"
          options={outcomes}
          value={filters.outcome ?? ''}
          onChange={(value) => onChange('outcome', value)}
        />
        {byId.map((name) => (
          <Pill
            key={name}
            withRemoveButton
            removeButtonProps={{ 'aria-label': `Remove the filter ${name}`, 'aria-hidden': false, tabIndex: 0 }}
            onRemove={() => onChange(name, '')}
          >
            {name === 'traceId' ? 'Trace' : 'Location'} {filters[name]}
          </Pill>
        ))}
        {Object.keys(filters).length > 0 && (
          <Button variant="subtle" size="compact-xs" onClick={onClear}>
            Clear
          </Button>
        )}
      </Group>
    </Stack>
  )
}
