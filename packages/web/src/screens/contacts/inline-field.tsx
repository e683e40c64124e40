import { Button, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { type ReactNode, useRef, useState } from 'react'
import { asProblem, type Problem } from '../../problem.js'
import classes from './contact.module.css'

interface InlineFieldProps<T> {
  readonly label: string
  readonly value: T
  /** How the value reads; nothing for an empty one. */
  readonly shown: ReactNode
  /** The input; it gets the label that is not drawn beside it, and the focus. */
  readonly editor: (input: { value: T; onChange: (value: T) => void; 'aria-label': string; error: ReactNode }) => ReactNode
  readonly save: (value: T) => Promise<unknown>
  readonly readOnly?: boolean
}

const sentence = (problem: Problem) => problem.messages.join(' ')

const Editing = <T,>({ label, value, editor, save, onClose }: InlineFieldProps<T> & { onClose: () => void }) => {
  const [draft, setDraft] = useState(value)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const submit = () => {
    setBusy(true)
    save(draft)
      .then(onClose)
      .catch((thrown: unknown) => {
        setProblem(asProblem(thrown))
        setBusy(false)
      })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <Stack gap={6}>
        {editor({ value: draft, onChange: setDraft, 'aria-label': label, error: problem ? sentence(problem) : undefined })}
        <Group gap={6}>
          <Button type="submit" size="compact-xs" loading={busy}>
            Save
          </Button>
          <Button size="compact-xs" variant="default" onClick={onClose}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** A value that becomes an input when it is pressed: Enter saves, Esc leaves it as it was. A refusal stays below with what was typed. */
export const InlineField = <T,>(props: InlineFieldProps<T>) => {
  const { label, shown, readOnly = false } = props
  const [editing, setEditing] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setEditing(false)
    setTimeout(() => button.current?.focus())
  }
  const value = shown || <span className={classes.empty}>–</span>
  return (
    <div className={classes.field}>
      <Text className={classes.label} fz={13}>
        {label}
      </Text>
      {readOnly ? (
        <div className={classes.value}>{value}</div>
      ) : editing ? (
        <Editing {...props} onClose={close} />
      ) : (
        <UnstyledButton
          ref={button}
          className={classes.value}
          aria-label={`Change ${label}${typeof shown === 'string' && shown ? `, now ${shown}` : ''}`}
          onClick={() => setEditing(true)}
        >
          {value}
          <IconPencil size={14} aria-hidden />
        </UnstyledButton>
      )}
    </div>
  )
}
