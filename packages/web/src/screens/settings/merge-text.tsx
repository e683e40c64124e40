import { Textarea, TextInput } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { MergePicker } from './merge-picker.js'
import classes from './settings.module.css'

interface MergeTextProps {
  readonly label: string
  readonly value?: string
  readonly onChange: (value: string) => void
  readonly error?: ReactNode
  /** One: a line; more: a text that grows. */
  readonly rows?: number
  /** HTML is written in letters of one width. */
  readonly mono?: boolean
  readonly placeholder?: string
  readonly onKeyDown?: (event: React.KeyboardEvent) => void
  /** Beside the picker. */
  readonly beside?: ReactNode
}

const monospaced = { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }

/** A text with a picker that puts merge fields where the cursor is. */
export const MergeText = ({ label, value = '', onChange, error, rows = 1, mono = false, beside, ...rest }: MergeTextProps) => {
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const put = (text: string) => {
    const from = input.current?.selectionStart ?? value.length
    const to = input.current?.selectionEnd ?? from
    onChange(`${value.slice(0, from)}${text}${value.slice(to)}`)
    // The new text is on the screen after this turn.
    setTimeout(() => {
      input.current?.focus()
      input.current?.setSelectionRange(from + text.length, from + text.length)
    })
  }
  const props = {
    ...rest,
    value,
    error,
    ref: input,
    'aria-label': label,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  }
  return (
    <div>
      <div className={classes.mergeHead}>
        <span aria-hidden>{label}</span>
        <span className={classes.mergeActs}>
          {beside}
          <MergePicker into={label.toLowerCase()} onPick={put} />
        </span>
      </div>
      {rows === 1 ? (
        <TextInput {...props} />
      ) : (
        <Textarea {...props} autosize minRows={rows} maxRows={28} {...(mono ? { styles: monospaced } : {})} />
      )}
    </div>
  )
}
