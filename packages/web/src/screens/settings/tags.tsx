import type { Reply } from '@groundlevel/contract-kit'
import { locations } from '@groundlevel/contracts'
import { Anchor, Text, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import type { Column } from '../../parts/list/columns.js'
import { countOf, exactUpTo } from '../../parts/list/count.js'
import { onePage } from '../../parts/list/pages.js'
import { writeConditions } from '../contacts/filter-nodes.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from './collection.js'
import { EditDrawer, useRecordForm } from './edit-drawer.js'
import { Removal } from './removal.js'

type Tag = Reply<typeof locations.tags.list>['tags'][number]

const tagged = (name: string) => ({ field: 'tags', operator: 'eq', value: name }) as const

/** How many contacts have each tag, in one answer for the whole list. */
const useTagCounts = () => {
  const locationId = useLocationId()
  const found = useAsk(locations.tagCounts.list, { query: { locationId } })
  const counts = useMemo(() => new Map((found.data?.counts ?? []).map(({ name, contacts }) => [name, contacts])), [found.data])
  return { counts, problem: found.error }
}

const Count = ({ name }: { name: string }) => {
  const locationId = useLocationId()
  const { counts, problem } = useTagCounts()
  const count = counts.get(name)
  if (count === undefined) return problem || counts.size > 0 ? '–' : '…'
  const to = `/portal/sub-account/${locationId}/contacts?f=${encodeURIComponent(writeConditions([tagged(name)]))}`
  return (
    <Anchor component={Link} to={to} size="sm">
      {count > exactUpTo ? `more than ${countOf(exactUpTo, 'contact')}` : countOf(count, 'contact')}
    </Anchor>
  )
}

const nameOf = ({ name }: Tag) => name ?? ''

const columns: readonly Column<Tag>[] = [
  { id: 'name', label: 'Tag', names: true, sort: 'name', widthPx: 300, cell: nameOf, text: nameOf },
  { id: 'count', label: 'Contacts', widthPx: 180, cell: (row) => <Count name={nameOf(row)} /> },
  { id: 'id', label: 'ID', widthPx: 240, cell: ({ id }) => <Id value={id ?? ''} what="tag id" />, text: ({ id }) => id ?? '' },
]

const TagForm = ({ row, onClose }: { row: Tag | undefined; onClose: () => void }) => {
  const locationId = useLocationId()
  const { form, options, names } = useRecordForm({ name: row?.name ?? '' })
  const done = ({ tag }: { tag: { name: string } }) => {
    sayDone(`${tag.name} is saved`)
    onClose()
  }
  const create = useSend(locations.tags.create, done)
  const update = useSend(locations.tags.update, done)
  const send = form.onSubmit(({ name }) => {
    const body = { name: name.trim() }
    if (row) update.mutate({ locationId, tagId: row.id ?? '', body }, options)
    else create.mutate({ locationId, body }, options)
  })
  return (
    <EditDrawer
      title={row ? 'Rename tag' : 'New tag'}
      failed="The tag was not saved"
      sends={[create, update]}
      names={names}
      onSubmit={send}
      onClose={onClose}
    >
      <TextInput
        label="Tag"
        description="Tags are in lower case."
        data-autofocus
        autoComplete="off"
        {...form.getInputProps('name')}
      />
      {row && (
        <Text size="sm" c="dimmed">
          Every contact that has it gets the new name.
        </Text>
      )}
    </EditDrawer>
  )
}

const RemoveTag = ({ row, onClose }: { row: Tag; onClose: () => void }) => {
  const locationId = useLocationId()
  const total = useTagCounts().counts.get(nameOf(row))
  const send = useSend(locations.tags.remove)
  return (
    <Removal name={nameOf(row)} send={send} input={{ locationId, tagId: row.id ?? '' }} onClose={onClose}>
      It is taken off {total === undefined ? 'every contact that has it' : countOf(total, 'contact')} at once, and filters and
      views that ask for it find nobody. This cannot be undone.
    </Removal>
  )
}

/** The tags of a sub-account. */
export const Tags = () => {
  const locationId = useLocationId()
  const found = useAsk(locations.tags.list, { locationId })
  return (
    <Collection
      name="tags"
      title="Tags"
      about="What contacts can be marked with. A new tag on a contact joins this list by itself."
      noun="tag"
      pages={onePage({ ...found, data: found.data?.tags })}
      columns={columns}
      idOf={({ id }) => id ?? ''}
      nameOf={nameOf}
      words={(row) => `${nameOf(row)} ${row.id}`}
      first="Create the first one, then put it on contacts one by one or many at a time."
      form={(row, close) => <TagForm row={row} onClose={close} />}
      removal={(row, close) => <RemoveTag row={row} onClose={close} />}
    />
  )
}
