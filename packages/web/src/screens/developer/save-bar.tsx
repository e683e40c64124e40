import { Button, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import classes from './developer.module.css'

export const sayDone = (message: string) => notifications.show({ message, autoClose: 3000, withBorder: true })

interface SaveBarProps {
  readonly dirty: boolean
  readonly busy: boolean
  readonly onUndo: () => void
}

/** Stays in sight below a long form. */
export const SaveBar = ({ dirty, busy, onUndo }: SaveBarProps) => (
  <div className={classes.save} data-dirty={dirty || undefined}>
    <Button type="submit" loading={busy} disabled={!dirty}>
      Save
    </Button>
    {dirty && (
      <Button variant="default" onClick={onUndo}>
        Undo
      </Button>
    )}
    <Text size="sm" c="dimmed" role="status">
      {dirty ? 'Not saved yet.' : 'All saved.'}
    </Text>
  </div>
)
