import type { Reply } from '@groundlevel/contract-kit'
import { snapshots } from '@groundlevel/contracts'
import { Button, MultiSelect, Select, Text, TextInput } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useState } from 'react'
import { useAsk, useSend } from '../../api.js'
import { Command } from '../../parts/command.js'
import { Confirm } from '../../parts/confirm.js'
import { Empty } from '../../parts/empty.js'
import { countOf } from '../../parts/list/count.js'
import { Loaded } from '../../parts/loaded.js'
import { Card } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { sayDone } from '../developer/save-bar.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import classes from './snapshots.module.css'
import { type Snapshot, useCompanyId } from './words.js'

type Share = Reply<typeof snapshots.share.list>['shares'][number]

const kinds = [
  { value: 'link', label: 'For one agency, whoever opens it first' },
  { value: 'permanent_link', label: 'For any number of agencies' },
  { value: 'agency_link', label: 'For the agencies that I name' },
  { value: 'location_link', label: 'For the agencies of sub-accounts that I name' },
] as const

type Kind = (typeof kinds)[number]['value']

const wordsOf = ({ share_type, relationship_number, share_location_id }: Share) => {
  const named = relationship_number || share_location_id
  const label = kinds.find(({ value }) => value === share_type)?.label ?? share_type
  return named ? `${label}: ${named.replaceAll(',', ', ')}` : label
}

interface Values extends Record<string, unknown> {
  readonly share_type: Kind
  readonly relationship_number: string
  readonly share_location_id: string[]
}

const CreateShare = ({ snapshot, onClose }: { snapshot: Snapshot; onClose: () => void }) => {
  const companyId = useCompanyId()
  const first: Values = { share_type: 'link', relationship_number: '', share_location_id: [] }
  const { form, options, names } = useRecordForm<Values>(first)
  const [ids, setIds] = useState<string[]>([])
  const create = useSend(snapshots.share.create, () => {
    sayDone('The link is made')
    onClose()
  })
  const send = form.onSubmit(({ share_type, relationship_number }) => {
    const named = { agency_link: { relationship_number }, location_link: { share_location_id: ids.join(',') } } as const
    const more: Readonly<Record<string, string>> =
      share_type === 'agency_link' || share_type === 'location_link' ? named[share_type] : {}
    if (Object.values(more).some((each) => each.trim() === ''))
      return form.setFieldError(Object.keys(more)[0] ?? '', 'Name at least one')
    create.mutate({ query: { companyId }, body: { snapshot_id: snapshot.id, share_type, ...more } }, options)
  })
  return (
    <EditDrawer
      title={`Share ${snapshot.name}`}
      failed="The link was not made"
      sends={[create]}
      names={names}
      action="Make link"
      onSubmit={send}
      onClose={onClose}
    >
      <Select
        label="Who may take a copy"
        data={kinds}
        allowDeselect={false}
        value={form.values.share_type}
        onChange={(kind) => form.setFieldValue('share_type', (kind ?? 'link') as Kind)}
      />
      {form.values.share_type === 'agency_link' && (
        <TextInput
          label="Relationship numbers"
          description="Of the agencies, separated by commas. An agency finds its own under Company profile."
          placeholder="0-128-926"
          required
          {...form.getInputProps('relationship_number')}
        />
      )}
      {form.values.share_type === 'location_link' && (
        <MultiSelect
          label="Location IDs"
          description="Paste one and press Enter."
          required
          data={ids}
          value={ids}
          error={form.errors.share_location_id}
          searchable
          onChange={setIds}
          onKeyDown={(event) => {
            const typed = event.currentTarget.value.trim()
            if (event.key !== 'Enter' || typed === '') return
            event.preventDefault()
            setIds([...new Set([...ids, typed])])
          }}
        />
      )}
      <Text size="sm" c="dimmed">
        Who opens the link signs in and takes a copy into their agency. Your people are not in it: calendars come without their
        team.
      </Text>
    </EditDrawer>
  )
}

const Revoke = ({ share, onClose }: { share: Share; onClose: () => void }) => {
  const companyId = useCompanyId()
  const send = useSend(snapshots.share.revoke, () => {
    sayDone('The link is revoked')
    onClose()
  })
  return (
    <Confirm
      title="Revoke the link?"
      action="Revoke"
      busy={send.isPending}
      problem={send.error}
      onConfirm={() => send.mutate({ shareId: share.id, query: { companyId } })}
      onClose={onClose}
    >
      Nobody can take a copy by it any more. Copies that were taken stay.
    </Confirm>
  )
}

/** The links by which other agencies take a copy. */
export const Shares = ({ snapshot }: { snapshot: Snapshot }) => {
  const companyId = useCompanyId()
  const found = useAsk(snapshots.share.list, { snapshotId: snapshot.id, query: { companyId } })
  const [making, setMaking] = useState(false)
  const [leaving, setLeaving] = useState<Share>()
  const make = (
    <Button size="xs" variant="default" leftSection={<IconLink size={14} />} onClick={() => setMaking(true)}>
      New link
    </Button>
  )
  return (
    <Card title="Share links" actions={make} flush>
      <Loaded from={found} what="The share links">
        {({ shares }) =>
          shares.length === 0 ? (
            <Empty title="Not shared">A link gives another agency a copy of this snapshot.</Empty>
          ) : (
            <ul className={classes.list} aria-label="Share links">
              {shares.map((share) => (
                <li key={share.id} className={classes.row}>
                  <div className={classes.grow}>
                    <Command text={share.shareLink} what="share link" />
                    <Text size="xs" c="dimmed" component="div" mt={4}>
                      {wordsOf(share)} · {countOf(share.timesUsed, 'copy', { counted: true, plural: 'copies' })} taken ·{' '}
                      <When at={share.dateAdded} />
                    </Text>
                  </div>
                  <Button size="xs" variant="default" onClick={() => setLeaving(share)}>
                    Revoke
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {making && <CreateShare snapshot={snapshot} onClose={() => setMaking(false)} />}
      {leaving && <Revoke share={leaving} onClose={() => setLeaving(undefined)} />}
    </Card>
  )
}
