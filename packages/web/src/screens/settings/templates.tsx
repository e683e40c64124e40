import { locations } from '@groundlevel/contracts'
import { Button, Group, SegmentedControl } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from 'react-router'
import { call, keyOf, useSend } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import { useListAddress } from '../../parts/list/address.js'
import type { Column } from '../../parts/list/columns.js'
import { usePages } from '../../parts/list/pages.js'
import { When } from '../../parts/when.js'
import { useLocationId } from '../contacts/words.js'
import { Collection } from './collection.js'
import { Removal } from './removal.js'
import { type Template, type TemplateType, typeNames } from './template-words.js'

const beginning = ({ template: { body, subject } }: Template) => subject || body || ''

const columns: readonly Column<Template>[] = [
  { id: 'name', label: 'Name', names: true, sort: 'name', widthPx: 220, cell: ({ name }) => name, text: ({ name }) => name },
  {
    id: 'type',
    label: 'Type',
    sort: 'type',
    widthPx: 110,
    cell: ({ type }) => typeNames[type],
    text: ({ type }) => typeNames[type],
  },
  { id: 'begins', label: 'Subject or text', widthPx: 360, cell: beginning, text: beginning },
  {
    id: 'dateAdded',
    label: 'Created',
    widthPx: 140,
    cell: ({ dateAdded }) => <When at={dateAdded} />,
    text: ({ dateAdded }) => dateAdded,
  },
  { id: 'id', label: 'ID', optional: true, widthPx: 240, cell: ({ id }) => <Id value={id} />, text: ({ id }) => id },
]

const RemoveTemplate = ({ row, onClose }: { row: Template; onClose: () => void }) => {
  const locationId = useLocationId()
  const send = useSend(locations.templates.remove)
  return (
    <Removal name={row.name} send={send} input={{ locationId, id: row.id }} onClose={onClose}>
      It can no longer be chosen for a message. Messages that were sent stay as they are.
    </Removal>
  )
}

const step = 100

/** All of them: the search and the order are made here. */
const useTemplates = (locationId: string, type: TemplateType | undefined) => {
  const query = { originId: locationId, limit: step, ...(type ? { type } : {}) }
  return usePages<Template, never>(keyOf(locations.templates.list, { locationId, query }), async (_, signal) => {
    const rows: Template[] = []
    for (let total = 1; rows.length < total; ) {
      const page = await call(locations.templates.list, { locationId, query: { ...query, skip: rows.length } }, signal)
      if (page.templates.length === 0) break
      rows.push(...page.templates)
      total = page.totalCount
    }
    return { rows, next: undefined }
  })
}

const isType = (text: string): text is TemplateType => text in typeNames

/** Texts of messages that are written once. */
export const Templates = () => {
  const locationId = useLocationId()
  const address = useListAddress()
  const asked = address.get('type')
  const base = `/portal/sub-account/${locationId}/settings/templates`
  const create = (
    <Group gap="xs">
      <Button component={Link} to={`${base}/new?type=email`} variant="default" leftSection={<IconPlus size={16} />}>
        New e-mail
      </Button>
      <Button component={Link} to={`${base}/new?type=sms`} leftSection={<IconPlus size={16} />}>
        New SMS
      </Button>
    </Group>
  )
  return (
    <Collection
      name="templates"
      title="Templates"
      about="Messages that you write once. Merge fields put in the contact’s own name, fields and your custom values."
      noun="template"
      pages={useTemplates(locationId, isType(asked) ? asked : undefined)}
      columns={columns}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      words={(row) => `${row.name} ${beginning(row)} ${row.id}`}
      first="Write the first SMS or e-mail and look at it as one of your contacts would see it."
      to={({ id }) => `${base}/${id}`}
      actions={create}
      filters={
        <SegmentedControl
          size="xs"
          aria-label="Type"
          data={[{ value: '', label: 'All' }, ...Object.entries(typeNames).map(([value, label]) => ({ value, label }))]}
          value={isType(asked) ? asked : ''}
          onChange={(type) => address.set({ type })}
        />
      }
      removal={(row, close) => <RemoveTemplate row={row} onClose={close} />}
    />
  )
}
