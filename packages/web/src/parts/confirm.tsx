import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Problem } from '../problem.js'
import { Failure } from './failure.js'

interface ConfirmProps {
  readonly title: string
  /** What will happen, said plainly. */
  readonly children: ReactNode
  readonly action: string
  /** Of the button that leaves all as it is; default "Keep it". */
  readonly cancel?: string
  /** Of the dialog, in pixels. */
  readonly width?: number
  /** Has to be typed where the act cannot be undone. */
  readonly type?: string
  readonly busy: boolean
  readonly problem: Problem | null
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks before something is lost. Shown while it is mounted. */
export const Confirm = ({ title, children, action, cancel = 'Keep it', width, type, busy, ...rest }: ConfirmProps) => {
  const { problem, onConfirm, onClose } = rest
  const [typed, setTyped] = useState('')
  const ready = type === undefined || typed.trim() === type
  return (
    <Modal opened onClose={onClose} title={title} {...(width === undefined ? {} : { size: width })}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) onConfirm()
        }}
      >
        <Stack gap="md">
          <Text size="sm" component="div">
            {children}
          </Text>
          {type !== undefined && (
            <TextInput
              label={
                <>
                  Type <b>{type}</b> to go on
                </>
              }
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
              data-autofocus
            />
          )}
          {problem && <Failure what="That did not work" problem={problem} focus />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {cancel}
            </Button>
            <Button type="submit" color="red.9" loading={busy} disabled={!ready}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
