import type { Reply } from '@groundlevel/contract-kit'
import { campaigns } from '@groundlevel/contracts'
import { Select, TextInput } from '@mantine/core'
import { useAsk, useSend } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import type { Column } from '../../parts/list/columns.js'
import { onePage } from '../../parts/list/pages.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from './collection.js'
import { EditDrawer, useRecordForm } from './edit-drawer.js'
import { Removal } from './removal.js'

type Campaign = Reply<typeof campaigns.campaign.list>['campaigns'][number]

const statusNames = { draft: 'Draft', published: 'Published' } as const
type Status = keyof typeof statusNames

const statusText = ({ status }: Campaign): string => statusNames[status as Status] ?? status ?? ''

const columns: readonly Column<Campaign>[] = [
  {
    id: 'name',
    label: 'Name',
    names: true,
    sort: 'name',
    widthPx: 300,
    cell: ({ name }) => name,
    text: ({ name }) => name ?? '',
  },
  { id: 'status', label: 'Status', sort: 'status', widthPx: 140, cell: statusText, text: statusText },
  {
    id: 'id',
    label: 'ID',
    widthPx: 240,
    cell: ({ id }) => <Id value={id ?? ''} what="campaign id" />,
    text: ({ id }) => id ?? '',
  },
]

const CampaignForm = ({ row, onClose }: { row: Campaign | undefined; onClose: () => void }) => {
  const locationId = useLocationId()
  const { form, options, names } = useRecordForm({ name: row?.name ?? '', status: (row?.status ?? 'draft') as Status })
  const done = ({ campaign }: { campaign: { name: string } }) => {
    sayDone(`${campaign.name} is saved`)
    onClose()
  }
  const create = useSend(campaigns.campaign.create, done)
  const update = useSend(campaigns.campaign.update, done)
  const send = form.onSubmit(({ name, status }) => {
    const body = { name: name.trim(), status }
    if (row) update.mutate({ campaignId: row.id ?? '', body }, options)
    else create.mutate({ body: { ...body, locationId } }, options)
  })
  return (
    <EditDrawer
      title={row ? 'Edit campaign' : 'New campaign'}
      failed="The campaign was not saved"
      sends={[create, update]}
      names={names}
      onSubmit={send}
      onClose={onClose}
    >
      <TextInput label="Name" data-autofocus autoComplete="off" {...form.getInputProps('name')} />
      <Select
        label="Status"
        data={Object.entries(statusNames).map(([value, label]) => ({ value, label }))}
        allowDeselect={false}
        {...form.getInputProps('status')}
      />
    </EditDrawer>
  )
}

const RemoveCampaign = ({ row, onClose }: { row: Campaign; onClose: () => void }) => {
  const send = useSend(campaigns.campaign.remove)
  return (
    <Removal name={row.name ?? ''} send={send} input={{ campaignId: row.id ?? '' }} onClose={onClose}>
      Everybody who is in it is taken out. The contacts stay. This cannot be undone.
    </Removal>
  )
}

/** Campaigns that contacts can be in. */
export const Campaigns = () => {
  const locationId = useLocationId()
  const found = useAsk(campaigns.campaign.list, { query: { locationId } })
  return (
    <Collection
      name="campaigns"
      title="Campaigns"
      about="Contacts are put into a campaign by people and by apps."
      noun="campaign"
      pages={onePage({ ...found, data: found.data?.campaigns })}
      columns={columns}
      idOf={({ id }) => id ?? ''}
      nameOf={({ name }) => name ?? ''}
      words={(row) => `${row.name} ${row.id} ${statusText(row)}`}
      first="Create the first one; apps find it by its ID."
      form={(row, close) => <CampaignForm row={row} onClose={close} />}
      removal={(row, close) => <RemoveCampaign row={row} onClose={close} />}
    />
  )
}
