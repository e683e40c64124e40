import type { Reply } from '@groundlevel/contract-kit'
import { contacts } from '@groundlevel/contracts'
import { ActionIcon, Button, Checkbox, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useAsk, useSend } from '../../api.js'
import { useNow } from '../../clock.js'
import { Confirm } from '../../parts/confirm.js'
import { Empty } from '../../parts/empty.js'
import { Failure } from '../../parts/failure.js'
import { Loaded } from '../../parts/loaded.js'
import { Card } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { sayDone } from '../developer/save-bar.js'
import classes from './contact.module.css'
import { useUsers } from './words.js'

type Task = Reply<typeof contacts.tasks.list>['tasks'][number]

const NewTask = ({ contactId }: { contactId: string }) => {
  const { users } = useUsers()
  const [title, setTitle] = useState('')
  const [due, setDue] = useState('')
  const [assignedTo, setAssignedTo] = useState<string | null>(null)
  const create = useSend(contacts.tasks.create, () => {
    setTitle('')
    setDue('')
  })
  const body = () => ({
    title: title.trim(),
    dueDate: due === '' ? null : new Date(due).toISOString(),
    completed: false,
    ...(assignedTo ? { assignedTo } : {}),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (title.trim()) create.mutate({ contactId, body: body() })
      }}
    >
      <Stack gap="xs">
        <TextInput
          aria-label="New task"
          placeholder="New task"
          maxLength={1000}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Group gap="xs" align="flex-end">
          <TextInput
            type="datetime-local"
            size="xs"
            label="Due"
            value={due}
            onChange={(event) => setDue(event.currentTarget.value)}
          />
          <Select
            size="xs"
            label="For"
            placeholder="Nobody yet"
            data={users.map((user) => ({ value: user.id ?? '', label: user.name ?? '' }))}
            value={assignedTo}
            onChange={setAssignedTo}
            clearable
            searchable
            w={180}
          />
          <Button type="submit" size="xs" loading={create.isPending} disabled={!title.trim()} ml="auto">
            Add task
          </Button>
        </Group>
        {create.error && <Failure what="The task was not kept" problem={create.error} focus />}
      </Stack>
    </form>
  )
}

const Due = ({ task }: { task: Task }) => {
  const now = useNow(60_000)
  if (!task.dueDate) return <>No due date</>
  const late = !task.completed && Date.parse(task.dueDate) < now
  return (
    <span style={late ? { color: 'var(--gl-bad)' } : undefined}>
      {late ? 'Overdue, due' : 'Due'} <When at={task.dueDate} />
    </span>
  )
}

const OneTask = ({ contactId, task, onDelete }: { contactId: string; task: Task; onDelete: () => void }) => {
  const { nameOfUser } = useUsers()
  const complete = useSend(contacts.tasks.complete)
  const title = task.title ?? ''
  return (
    <li className={classes.item}>
      <Checkbox
        size="xs"
        mt={2}
        aria-label={`Done: ${title}`}
        checked={task.completed === true}
        onChange={(event) =>
          complete.mutate({ contactId, taskId: task.id ?? '', body: { completed: event.currentTarget.checked } })
        }
      />
      <div className={classes.grow}>
        <span className={task.completed ? classes.done : undefined}>{title}</span>
        {task.body && <div className={classes.text}>{task.body}</div>}
        <Text size="xs" c="dimmed" component="div">
          <Due task={task} />
          {task.assignedTo && <> · {nameOfUser(task.assignedTo)}</>}
        </Text>
        {complete.error && <Failure what="The task was not changed" problem={complete.error} focus />}
      </div>
      <ActionIcon variant="subtle" color="gray" c="dimmed" aria-label={`Delete the task ${title}`} onClick={onDelete}>
        <IconTrash size={16} />
      </ActionIcon>
    </li>
  )
}

const openFirst = (tasks: readonly Task[]) =>
  [...tasks].sort((a, b) => Number(a.completed) - Number(b.completed) || (a.dueDate ?? '9').localeCompare(b.dueDate ?? '9'))

/** Tasks of a contact: open ones first, by their due dates. */
export const ContactTasks = ({ contactId }: { contactId: string }) => {
  const found = useAsk(contacts.tasks.list, { contactId })
  const [leaving, setLeaving] = useState<Task>()
  const remove = useSend(contacts.tasks.remove, () => {
    sayDone('The task is deleted')
    setLeaving(undefined)
  })
  return (
    <Card title="Tasks" flush>
      <div className={classes.item}>
        <div className={classes.grow}>
          <NewTask contactId={contactId} />
        </div>
      </div>
      <Loaded from={found} what="The tasks">
        {({ tasks }) =>
          tasks.length === 0 ? (
            <Empty title="No task yet">Add what has to be done for this contact, and by when.</Empty>
          ) : (
            <ul style={{ listStyle: 'none', margin: 0, padding: 0 }} aria-label="Tasks">
              {openFirst(tasks).map((task) => (
                <OneTask key={task.id} contactId={contactId} task={task} onDelete={() => setLeaving(task)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {leaving && (
        <Confirm
          title="Delete this task?"
          action="Delete task"
          busy={remove.isPending}
          problem={remove.error}
          onConfirm={() => remove.mutate({ contactId, taskId: leaving.id ?? '' })}
          onClose={() => setLeaving(undefined)}
        >
          {leaving.title}
        </Confirm>
      )}
    </Card>
  )
}
