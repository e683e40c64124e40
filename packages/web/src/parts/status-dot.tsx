import { IconCircleCheckFilled, IconCircleXFilled, IconClockHour4 } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './parts.module.css'

export type Outcome = 'ok' | 'failed' | 'waiting'

const icons = { ok: IconCircleCheckFilled, failed: IconCircleXFilled, waiting: IconClockHour4 }
const names: Readonly<Record<Outcome, string>> = { ok: 'Succeeded', failed: 'Failed', waiting: 'Waiting' }

/** An outcome: its own shape and its own word, colour comes on top. */
export const StatusDot = ({ outcome, children }: { outcome: Outcome; children?: ReactNode }) => {
  const Icon = icons[outcome]
  return (
    <span className={classes.dot} data-outcome={outcome}>
      <Icon
        size={15}
        aria-hidden={children !== undefined}
        aria-label={children === undefined ? names[outcome] : undefined}
        role="img"
      />
      {children}
    </span>
  )
}

/** Where an install stands (M9). */
export const InstallState = ({ state }: { state: 'waiting' | 'connected' }) => (
  <StatusDot outcome={state === 'connected' ? 'ok' : 'waiting'}>
    {state === 'connected' ? 'Connected' : 'Waiting for the code'}
  </StatusDot>
)
