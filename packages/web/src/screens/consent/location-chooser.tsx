import { consent } from '@groundlevel/contracts'
import { Badge, Checkbox, Group, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useAsk } from '../../api.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import type { Chosen, LocationChoice } from './choice.js'
import classes from './consent.module.css'

interface LocationChooserProps {
  readonly interactionId: string
  readonly companyId: string | undefined
  readonly several: boolean
  readonly chosen: Chosen
  readonly onChange: (locations: Chosen['locations']) => void
}

const Label = ({ location }: { location: LocationChoice }) => (
  <Group gap={8} wrap="wrap">
    <Text span size="sm">
      {location.name}
    </Text>
    <Text span size="xs" c="dimmed">
      {location.detail}
    </Text>
    {location.installed && (
      <Badge size="sm" color="gray" c="dimmed">
        Already installed
      </Badge>
    )}
  </Group>
)

const Many = ({
  locations,
  chosen,
  onChange,
}: { locations: readonly LocationChoice[] } & Pick<LocationChooserProps, 'chosen' | 'onChange'>) => {
  const has = (id: string) => chosen.locations.some((location) => location.id === id)
  const flip = ({ id, name }: LocationChoice) =>
    onChange(has(id) ? chosen.locations.filter((location) => location.id !== id) : [...chosen.locations, { id, name }])
  return locations.map((location) => (
    <div key={location.id} className={classes.choice}>
      <Checkbox label={<Label location={location} />} checked={has(location.id)} onChange={() => flip(location)} />
    </div>
  ))
}

const One = ({
  locations,
  chosen,
  onChange,
}: { locations: readonly LocationChoice[] } & Pick<LocationChooserProps, 'chosen' | 'onChange'>) => (
  <Radio.Group
    aria-label="Sub-account"
    value={chosen.locations[0]?.id ?? ''}
    onChange={(id) => onChange(locations.filter((location) => location.id === id).map(({ id, name }) => ({ id, name })))}
  >
    {locations.map((location) => (
      <div key={location.id} className={classes.choice}>
        <Radio value={location.id} label={<Label location={location} />} />
      </div>
    ))}
  </Radio.Group>
)

/** Sub-accounts to choose from, with search. */
export const LocationChooser = ({ interactionId, companyId, several, chosen, onChange }: LocationChooserProps) => {
  const [typed, setTyped] = useState('')
  const [query] = useDebouncedValue(typed.trim(), 150)
  const found = useAsk(consent.interactions.locations, { interactionId, query: { companyId, query } }, { keep: true })
  const Rows = several ? Many : One
  return (
    <Stack gap="xs">
      <TextInput
        placeholder="Search sub-accounts"
        aria-label="Search sub-accounts"
        leftSection={<IconSearch size={16} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Loaded from={found} what="Your sub-accounts" waiting={<Waiting lines={3} />}>
        {({ locations, total }) =>
          locations.length === 0 ? (
            <Text size="sm" c="dimmed" role="status" py="xs">
              {query
                ? `No sub-account is called “${query}”.`
                : 'You have no sub-account to choose. Ask the owner of your agency for access.'}
            </Text>
          ) : (
            <>
              <div className={classes.choices}>
                <Rows locations={locations} chosen={chosen} onChange={onChange} />
              </div>
              <Text size="xs" c="dimmed" role="status">
                {total > locations.length ? `${locations.length} of ${total} shown. Search to find the others.` : ''}
                {several && chosen.locations.length > 0 ? ` ${chosen.locations.length} chosen.` : ''}
              </Text>
            </>
          )
        }
      </Loaded>
    </Stack>
  )
}
