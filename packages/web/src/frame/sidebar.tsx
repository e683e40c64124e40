import { Stack } from '@mantine/core'
import { NavLink } from 'react-router'
import classes from './frame.module.css'
import type { Entry } from './places.js'

/** The entries of a place. */
export const Sidebar = ({ entries, onLeave }: { entries: readonly Entry[]; onLeave: () => void }) => (
  <nav aria-label="Main">
    <Stack gap={2}>
      {entries.map(({ label, to, icon: Icon }) => (
        <NavLink key={to} to={to} className={classes.entry} onClick={onLeave}>
          <Icon size={18} aria-hidden />
          {label}
        </NavLink>
      ))}
    </Stack>
  </nav>
)
