import { contacts } from '@groundlevel/contracts'
import { Button, Progress, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.js'
import { Confirm } from '../../parts/confirm.js'
import { countOf } from '../../parts/list/count.js'
import type { Selection } from '../../parts/list/selection.js'
import type { Problem } from '../../problem.js'
import { sayDone } from '../developer/save-bar.js'
import { runEach } from './run-each.js'

interface ActProps {
  readonly selection: Selection
  readonly onClose: () => void
}

const many = (count: number) => countOf(count, 'contact', { counted: true })

const Delete = ({ selection, onClose }: ActProps) => {
  const cache = useQueryClient()
  const [done, setDone] = useState<number>()
  const [problem, setProblem] = useState<Problem | null>(null)
  const size = selection.ids.size
  const run = async () => {
    setDone(0)
    const { failed, problem: first } = await runEach(
      [...selection.ids],
      (contactId) => call(contacts.contact.remove, { contactId }),
      setDone,
    )
    await cache.invalidateQueries()
    setDone(undefined)
    if (first) return setProblem(first)
    sayDone(`Deleted ${many(size - failed.length)}`)
    selection.clear()
    onClose()
  }
  return (
    <Confirm
      title={`Delete ${many(size)}?`}
      action={`Delete ${many(size)}`}
      type={many(size)}
      busy={done !== undefined}
      problem={problem}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <Stack gap="xs">
        <Text size="sm">Their notes, tasks and field values go with them. This cannot be undone.</Text>
        {done !== undefined && (
          <>
            <Progress value={(done / size) * 100} aria-label="Deleted so far" />
            <Text size="xs" c="dimmed" role="status">
              {done} of {size}
            </Text>
          </>
        )}
      </Stack>
    </Confirm>
  )
}

type Act = 'delete'

/** What can be done with the chosen contacts. */
export const BulkActs = ({ selection }: { selection: Selection }) => {
  const [act, setAct] = useState<Act>()
  const close = () => setAct(undefined)
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setAct('delete')}>
        Delete
      </Button>
      {act === 'delete' && <Delete selection={selection} onClose={close} />}
    </>
  )
}
