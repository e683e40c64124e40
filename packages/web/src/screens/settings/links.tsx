import type { Reply } from '@groundlevel/contract-kit'
import { links } from '@groundlevel/contracts'
import { TextInput } from '@mantine/core'
import { useAsk, useSend } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import type { Column } from '../../parts/list/columns.js'
import { onePage } from '../../parts/list/pages.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from './collection.js'
import { EditDrawer, useRecordForm } from './edit-drawer.js'
import { urlOf } from './link-words.js'
import { Removal } from './removal.js'

type TriggerLink = Reply<typeof links.link.list>['links'][number]

/** How often each link was followed, in one answer for the whole list. */
const Clicks = ({ linkId }: { linkId: string }) => {
  const locationId = useLocationId()
  const found = useAsk(links.clickCounts.list, { query: { locationId } })
  if (!found.data) return found.isError ? '–' : '…'
  return found.data.counts.find((each) => each.linkId === linkId)?.clicks ?? 0
}

const idOf = ({ id }: TriggerLink) => id ?? ''
const nameOf = ({ name }: TriggerLink) => name ?? ''

const columns: readonly Column<TriggerLink>[] = [
  { id: 'name', label: 'Name', names: true, sort: 'name', widthPx: 200, cell: nameOf, text: nameOf },
  {
    id: 'redirectTo',
    label: 'Leads to',
    sort: 'redirectTo',
    widthPx: 260,
    cell: ({ redirectTo }) => redirectTo,
    text: ({ redirectTo }) => redirectTo ?? '',
  },
  { id: 'clicks', label: 'Clicks', widthPx: 80, align: 'end', cell: (row) => <Clicks linkId={idOf(row)} /> },
  {
    id: 'fieldKey',
    label: 'Merge field',
    widthPx: 280,
    cell: ({ fieldKey }) => <Id value={fieldKey ?? ''} what="merge field" />,
    text: ({ fieldKey }) => fieldKey ?? '',
  },
  {
    id: 'url',
    label: 'Address',
    widthPx: 300,
    cell: (row) => <Id value={urlOf(idOf(row))} what="address" />,
    text: (row) => urlOf(idOf(row)),
  },
]

const LinkForm = ({ row, onClose }: { row: TriggerLink | undefined; onClose: () => void }) => {
  const locationId = useLocationId()
  const { form, options, names } = useRecordForm({ name: row?.name ?? '', redirectTo: row?.redirectTo ?? '' })
  const done = ({ link }: { link: { name: string } }) => {
    sayDone(`${link.name} is saved`)
    onClose()
  }
  const create = useSend(links.link.create, done)
  const update = useSend(links.link.update, done)
  const send = form.onSubmit(({ name, redirectTo }) => {
    const body = { name: name.trim(), redirectTo: redirectTo.trim() }
    if (row) update.mutate({ linkId: idOf(row), body }, options)
    else create.mutate({ body: { ...body, locationId } }, options)
  })
  return (
    <EditDrawer
      title={row ? 'Edit trigger link' : 'New trigger link'}
      failed="The trigger link was not saved"
      sends={[create, update]}
      names={names}
      onSubmit={send}
      onClose={onClose}
    >
      <TextInput label="Name" data-autofocus autoComplete="off" {...form.getInputProps('name')} />
      <TextInput
        label="Leads to"
        description="Where people land. Changing it changes links that were sent already."
        type="url"
        placeholder="https://"
        {...form.getInputProps('redirectTo')}
      />
    </EditDrawer>
  )
}

const RemoveLink = ({ row, onClose }: { row: TriggerLink; onClose: () => void }) => {
  const send = useSend(links.link.remove)
  return (
    <Removal name={nameOf(row)} send={send} input={{ linkId: idOf(row) }} onClose={onClose}>
      Links that were sent already stop working, and its clicks are forgotten. This cannot be undone.
    </Removal>
  )
}

/** Links that say who followed them. */
export const TriggerLinks = () => {
  const locationId = useLocationId()
  const found = useAsk(links.link.list, { query: { locationId } })
  return (
    <Collection
      name="trigger-links"
      title="Trigger links"
      about="Links for your messages that count who clicked."
      noun="trigger link"
      pages={onePage({ ...found, data: found.data?.links })}
      columns={columns}
      idOf={idOf}
      nameOf={nameOf}
      words={(row) => `${row.name} ${row.redirectTo} ${row.id}`}
      first="Create the first one and put its merge field into a template."
      to={(row) => `/portal/sub-account/${locationId}/settings/links/${idOf(row)}`}
      form={(row, close) => <LinkForm row={row} onClose={close} />}
      removal={(row, close) => <RemoveLink row={row} onClose={close} />}
    />
  )
}
