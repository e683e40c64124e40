import type { Reply } from '@groundlevel/contract-kit'
import { contacts } from '@groundlevel/contracts'
import { ActionIcon, Badge, Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { IconPencil, IconPin, IconPinnedOff, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useAsk, useSend } from '../../api.js'
import { Confirm } from '../../parts/confirm.js'
import { Empty } from '../../parts/empty.js'
import { Failure } from '../../parts/failure.js'
import { Loaded } from '../../parts/loaded.js'
import { Card } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { sayDone } from '../developer/save-bar.js'
import classes from './contact.module.css'
import { useUsers } from './words.js'

type Note = Reply<typeof contacts.notes.list>['notes'][number]

interface DraftProps {
  readonly label: string
  readonly action: string
  readonly text: string
  readonly busy: boolean
  readonly onSave: (text: string) => void
  readonly onCancel?: () => void
}

/** ⌘Enter saves. */
const Draft = ({ label, action, text, busy, onSave, onCancel }: DraftProps) => {
  const [typed, setTyped] = useState(text)
  const save = () => typed.trim() && onSave(typed.trim())
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Stack gap="xs">
        <Textarea
          aria-label={label}
          placeholder={label}
          autosize
          minRows={2}
          maxRows={16}
          value={typed}
          autoFocus={onCancel !== undefined}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && (event.metaKey || event.ctrlKey) && save()}
        />
        <Group gap="xs" justify="flex-end">
          {onCancel && (
            <Button size="xs" variant="default" onClick={onCancel}>
              Cancel
            </Button>
          )}
          <Button type="submit" size="xs" loading={busy} disabled={!typed.trim()}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const short = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

const OneNote = ({ contactId, note, onDelete }: { contactId: string; note: Note; onDelete: () => void }) => {
  const { nameOfUser } = useUsers()
  const [editing, setEditing] = useState(false)
  const update = useSend(contacts.notes.update, () => setEditing(false))
  const id = note.id ?? ''
  const text = note.bodyText ?? ''
  return (
    <li className={classes.item}>
      <div className={classes.grow}>
        {editing ? (
          <Draft
            label="Change the note"
            action="Save"
            text={note.body ?? ''}
            busy={update.isPending}
            onSave={(body) => update.mutate({ contactId, id, body: { body } })}
            onCancel={() => setEditing(false)}
          />
        ) : (
          <>
            {note.title && <Text fw={600}>{note.title}</Text>}
            <div className={classes.text}>{text}</div>
            <Text size="xs" c="dimmed" component="div">
              {note.pinned && (
                <Badge size="xs" mr={6} color="gray" c="var(--mantine-color-text)">
                  Pinned
                </Badge>
              )}
              {note.userId ? nameOfUser(note.userId) : 'An app'} <When at={note.dateAdded ?? ''} />
            </Text>
          </>
        )}
        {update.error && <Failure what="The note was not changed" problem={update.error} focus />}
      </div>
      {!editing && (
        <Group gap={2} wrap="nowrap">
          <ActionIcon
            variant="subtle"
            color="gray"
            c="dimmed"
            aria-label={`${note.pinned ? 'Unpin' : 'Pin'} the note ${short(text)}`}
            onClick={() => update.mutate({ contactId, id, body: { pinned: !note.pinned } })}
          >
            {note.pinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />}
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            c="dimmed"
            aria-label={`Change the note ${short(text)}`}
            onClick={() => setEditing(true)}
          >
            <IconPencil size={16} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" c="dimmed" aria-label={`Delete the note ${short(text)}`} onClick={onDelete}>
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      )}
    </li>
  )
}

const pinnedFirst = (notes: readonly Note[]) => [...notes].sort((a, b) => Number(b.pinned) - Number(a.pinned))

/** Notes of a contact, pinned ones first, then newest first. */
export const ContactNotes = ({ contactId }: { contactId: string }) => {
  const found = useAsk(contacts.notes.list, { contactId })
  const [leaving, setLeaving] = useState<Note>()
  const [written, setWritten] = useState(0)
  const create = useSend(contacts.notes.create, () => setWritten((count) => count + 1))
  const remove = useSend(contacts.notes.remove, () => {
    sayDone('The note is deleted')
    setLeaving(undefined)
  })
  return (
    <Card title="Notes" flush>
      <div className={classes.item}>
        <div className={classes.grow}>
          <Draft
            key={written}
            label="Write a note"
            action="Add note"
            text=""
            busy={create.isPending}
            onSave={(body) => create.mutate({ contactId, body: { body } })}
          />
          {create.error && <Failure what="The note was not kept" problem={create.error} focus />}
        </div>
      </div>
      <Loaded from={found} what="The notes">
        {({ notes }) =>
          notes.length === 0 ? (
            <Empty title="No note yet">What somebody should know before they call stands here.</Empty>
          ) : (
            <ul style={{ listStyle: 'none', margin: 0, padding: 0 }} aria-label="Notes">
              {pinnedFirst(notes).map((note) => (
                <OneNote key={note.id} contactId={contactId} note={note} onDelete={() => setLeaving(note)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {leaving && (
        <Confirm
          title="Delete this note?"
          action="Delete note"
          busy={remove.isPending}
          problem={remove.error}
          onConfirm={() => remove.mutate({ contactId, id: leaving.id ?? '' })}
          onClose={() => setLeaving(undefined)}
        >
          {short(leaving.bodyText ?? '')}
        </Confirm>
      )}
    </Card>
  )
}
