import { Tooltip, UnstyledButton } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import classes from './parts.module.css'

/** An id: monospaced, copied by a click anywhere on it. */
export const Id = ({ value, what = 'id' }: { value: string; what?: string }) => {
  const clipboard = useClipboard({ timeout: 1500 })
  return (
    <Tooltip label={clipboard.copied ? 'Copied' : `Copy ${what}`}>
      <UnstyledButton className={classes.id} onClick={() => clipboard.copy(value)} aria-label={`Copy ${what} ${value}`}>
        <span>{value}</span>
        {clipboard.copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
      </UnstyledButton>
    </Tooltip>
  )
}
