import { ActionIcon, Button, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { type ClipboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'

interface OptionsEditorProps {
  readonly label: string
  readonly about: string
  readonly value: readonly string[]
  readonly onChange: (value: string[]) => void
  readonly error?: ReactNode
}

/** A list of texts that is written line by line: Enter adds one, several lines are pasted at once. */
export const OptionsEditor = ({ label, about, value, onChange, error }: OptionsEditorProps) => {
  const box = useRef<HTMLDivElement>(null)
  const [wanted, setWanted] = useState<number>()
  useEffect(() => {
    if (wanted !== undefined) box.current?.querySelectorAll('input')[wanted]?.focus()
    setWanted(undefined)
  }, [wanted])
  const change = (at: number, remove: number, ...put: string[]) => onChange([...value].toSpliced(at, remove, ...put))
  const addAfter = (at: number) => {
    change(at + 1, 0, '')
    setWanted(at + 1)
  }
  const move = (from: number, to: number) => {
    const next = [...value]
    next.splice(to, 0, ...next.splice(from, 1))
    onChange(next)
  }
  const paste = (at: number) => (event: ClipboardEvent) => {
    const lines = event.clipboardData
      .getData('text')
      .split(/\r?\n/)
      .filter((line) => line.trim())
    if (lines.length < 2) return
    event.preventDefault()
    change(at, value[at] ? 0 : 1, ...lines.map((line) => line.trim()))
  }
  return (
    <Fieldset legend={label} variant="unstyled" ref={box as never}>
      <Stack gap={6}>
        <Text size="xs" c="dimmed">
          {about}
        </Text>
        {value.map((text, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place alone
          <Group key={at} gap={2} wrap="nowrap">
            <TextInput
              flex={1}
              aria-label={`${label}, line ${at + 1}`}
              value={text}
              onPaste={paste(at)}
              onChange={(event) => change(at, 1, event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return
                event.preventDefault()
                addAfter(at)
              }}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              c="dimmed"
              disabled={at === 0}
              aria-label={`Move line ${at + 1} up`}
              onClick={() => move(at, at - 1)}
            >
              <IconArrowUp size={15} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              c="dimmed"
              disabled={at === value.length - 1}
              aria-label={`Move line ${at + 1} down`}
              onClick={() => move(at, at + 1)}
            >
              <IconArrowDown size={15} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              c="dimmed"
              aria-label={`Remove line ${at + 1}`}
              onClick={() => change(at, 1)}
            >
              <IconX size={15} />
            </ActionIcon>
          </Group>
        ))}
        {error && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {error}
          </Text>
        )}
        <Group>
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={() => addAfter(value.length - 1)}>
            Add a line
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  )
}
