import { Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconSelector } from '@tabler/icons-react'
import { useNavigate } from 'react-router'
import type { Place } from '../session.js'
import classes from './frame.module.css'
import { colourOf, homeOf, kindNames } from './places.js'

const Mark = ({ place }: { place: Place }) => (
  <span className={classes.mark} style={{ background: colourOf(place.kind) }} aria-hidden>
    {place.name.charAt(0).toUpperCase()}
  </span>
)

const Names = ({ place }: { place: Place }) => (
  <span className={classes.names}>
    <Text span size="sm" fw={600} lh="16px">
      {place.name}
    </Text>
    <Text span size="xs" c="dimmed" lh="16px">
      {kindNames[place.kind]}
    </Text>
  </span>
)

/** Says which place the person acts as, and changes it. */
export const PlaceSwitcher = ({ places, current }: { places: readonly Place[]; current: Place | undefined }) => {
  const navigate = useNavigate()
  if (!current) return null
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <UnstyledButton className={classes.switcher}>
          <Mark place={current} />
          <VisuallyHidden>You act as</VisuallyHidden>
          <Names place={current} />
          <VisuallyHidden>Switch place</VisuallyHidden>
          <IconSelector size={16} aria-hidden style={{ flex: 'none' }} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Act as</Menu.Label>
        {places.map((place) => (
          <Menu.Item
            key={`${place.kind}${place.id}`}
            leftSection={<Mark place={place} />}
            rightSection={place.id === current.id ? <IconCheck size={16} aria-label="current" /> : undefined}
            onClick={() => navigate(homeOf(place))}
          >
            <Names place={place} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
