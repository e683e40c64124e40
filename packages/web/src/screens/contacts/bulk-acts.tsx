import { businesses, contacts } from '@groundlevel/contracts'
import { Button, Group, Modal, Progress, Select, Stack, TagsInput, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, useAsk, useSend } from '../../api.js'
import { Confirm } from '../../parts/confirm.js'
import { Failure } from '../../parts/failure.js'
import { countOf } from '../../parts/list/count.js'
import type { Selection } from '../../parts/list/selection.js'
import type { Problem } from '../../problem.js'
import { sayDone } from '../developer/save-bar.js'
import { MergeContacts } from './merge-contacts.js'
import { runEach } from './run-each.js'
import { useTagNames } from './use-contacts.js'
import { useLocationId } from './words.js'

interface ActProps {
  readonly selection: Selection
  readonly onClose: () => void
}

const many = (count: number) => countOf(count, 'contact', { counted: true })

const Tags = ({ selection, type, onClose }: ActProps & { type: 'add' | 'remove' }) => {
  const locationId = useLocationId()
  const known = useTagNames()
  const [tags, setTags] = useState<string[]>([])
  const send = useSend(contacts.bulk.tags, (reply) => {
    const done = selection.ids.size - reply.errorCount
    sayDone(
      `${type === 'add' ? 'Tagged' : 'Untagged'} ${many(done)}${reply.errorCount > 0 ? `, ${reply.errorCount} were gone` : ''}`,
    )
    onClose()
  })
  const title = `${type === 'add' ? 'Add tags to' : 'Take tags off'} ${many(selection.ids.size)}`
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (tags.length > 0) send.mutate({ type, body: { locationId, contacts: [...selection.ids], tags } })
        }}
      >
        <Stack gap="md">
          <TagsInput
            label="Tags"
            placeholder="Type a tag and press Enter"
            data={[...known]}
            value={tags}
            onChange={setTags}
            data-autofocus
          />
          {send.error && <Failure what="The tags were not changed" problem={send.error} focus />}
          <Group justify="flex-end">
            <Button type="submit" loading={send.isPending} disabled={tags.length === 0}>
              {type === 'add' ? 'Add tags' : 'Take tags off'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

const none = 'none'

const Business = ({ selection, onClose }: ActProps) => {
  const locationId = useLocationId()
  const found = useAsk(businesses.business.list, { query: { locationId, limit: 100 } })
  const [chosen, setChosen] = useState<string | null>(null)
  const send = useSend(contacts.bulk.business, () => {
    sayDone(`Changed the business of ${many(selection.ids.size)}`)
    onClose()
  })
  const data = [
    { value: none, label: 'No business' },
    ...(found.data?.businesses ?? []).map(({ id, name }) => ({ value: id ?? '', label: name ?? '' })),
  ]
  return (
    <Modal opened onClose={onClose} title={`Business of ${many(selection.ids.size)}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen) send.mutate({ body: { locationId, ids: [...selection.ids], businessId: chosen === none ? null : chosen } })
        }}
      >
        <Stack gap="md">
          <Select label="Business" data={data} value={chosen} onChange={setChosen} searchable data-autofocus />
          {found.error && <Failure what="The businesses could not be loaded" problem={found.error} />}
          {send.error && <Failure what="The business was not changed" problem={send.error} focus />}
          <Group justify="flex-end">
            <Button type="submit" loading={send.isPending} disabled={!chosen}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

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

type Act = 'add' | 'remove' | 'business' | 'merge' | 'delete'

/** What can be done with the chosen contacts. */
export const BulkActs = ({ selection }: { selection: Selection }) => {
  const [act, setAct] = useState<Act>()
  const close = () => setAct(undefined)
  const [a, b, ...rest] = selection.ids
  const onMerged = () => {
    close()
    selection.clear()
  }
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setAct('add')}>
        Add tags
      </Button>
      <Button variant="default" size="xs" onClick={() => setAct('remove')}>
        Take tags off
      </Button>
      <Button variant="default" size="xs" onClick={() => setAct('business')}>
        Business
      </Button>
      {a !== undefined && b !== undefined && rest.length === 0 && (
        <Button variant="default" size="xs" onClick={() => setAct('merge')}>
          Merge
        </Button>
      )}
      <Button variant="default" size="xs" onClick={() => setAct('delete')}>
        Delete
      </Button>
      {(act === 'add' || act === 'remove') && <Tags selection={selection} type={act} onClose={close} />}
      {act === 'business' && <Business selection={selection} onClose={close} />}
      {act === 'merge' && a !== undefined && b !== undefined && (
        <MergeContacts ids={[a, b]} onClose={close} onMerged={onMerged} />
      )}
      {act === 'delete' && <Delete selection={selection} onClose={close} />}
    </>
  )
}
