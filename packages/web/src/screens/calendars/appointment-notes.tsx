import { calendars } from '@groundlevel/contracts'
import { ActionIcon, Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useAsk, useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { When } from '../../parts/when.js'

/** What was written about an appointment, newest first. */
export const AppointmentNotes = ({ appointmentId }: { appointmentId: string }) => {
  const [text, setText] = useState('')
  const found = useAsk(calendars.notes.list, { appointmentId, query: { limit: 20 } })
  const add = useSend(calendars.notes.create, () => setText(''))
  const remove = useSend(calendars.notes.remove)
  const problem = found.error ?? add.error ?? remove.error
  const notes = found.data?.notes ?? []
  return (
    <Stack gap="xs">
      <Textarea
        label="Add a note"
        autosize
        minRows={2}
        maxRows={8}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button
        size="xs"
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        disabled={text.trim() === ''}
        loading={add.isPending}
        onClick={() => add.mutate({ appointmentId, body: { body: text.trim() } })}
      >
        Add the note
      </Button>
      {problem && <Failure what="The notes could not be read or written" problem={problem} retry={() => void found.refetch()} />}
      {notes.map(({ id, body, dateAdded, createdBy }) => (
        <Group key={id} gap="xs" wrap="nowrap" align="flex-start" justify="space-between">
          <div style={{ minWidth: 0 }}>
            <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {body}
            </Text>
            <Text size="xs" c="dimmed" component="div">
              {createdBy?.name ? `${createdBy.name}, ` : ''}
              <When at={dateAdded} />
            </Text>
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            c="dimmed"
            aria-label={`Delete the note ${body.slice(0, 40)}`}
            onClick={() => remove.mutate({ appointmentId, noteId: id })}
          >
            <IconTrash size={15} />
          </ActionIcon>
        </Group>
      ))}
      {found.data?.hasMore && (
        <Text size="xs" c="dimmed">
          Older notes are not shown.
        </Text>
      )}
    </Stack>
  )
}
