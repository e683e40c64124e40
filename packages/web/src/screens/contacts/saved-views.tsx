import type { Reply } from '@groundlevel/contract-kit'
import { views } from '@groundlevel/contracts'
import { Button, Group, Menu, Modal, Stack, TextInput } from '@mantine/core'
import { IconBookmark, IconDeviceFloppy, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useAsk, useSend } from '../../api.js'
import { Confirm } from '../../parts/confirm.js'
import { FormProblem } from '../../parts/form-problem.js'
import type { ListAddress } from '../../parts/list/address.js'
import { byField } from '../../problem.js'
import { sayDone } from '../developer/save-bar.js'
import { conditionsIn, writeConditions } from './filter-nodes.js'
import type { Question } from './use-contacts.js'
import { useLocationId } from './words.js'

type View = Reply<typeof views.saved.list>['views'][number]
type Definition = NonNullable<View['definition']>

interface SavedViewsProps {
  readonly address: ListAddress
  readonly question: Question
  readonly columns: readonly string[]
  readonly onColumns: (ids: readonly string[]) => void
}

const definitionOf = ({ query, filters, sort }: Question, columns: readonly string[]): Definition => ({
  ...(query ? { query } : {}),
  filters,
  sort,
  columns: [...columns],
})

const addressOf = ({ query = '', filters, sort }: Definition): Record<string, string> => {
  const { conditions, any } = conditionsIn(filters)
  return { q: query, f: writeConditions(conditions), any: any ? '1' : '', sort: sort ? `${sort.field}.${sort.direction}` : '' }
}

const NewView = ({
  definition,
  onClose,
  onKept,
}: {
  definition: Definition
  onClose: () => void
  onKept: (id: string) => void
}) => {
  const locationId = useLocationId()
  const [name, setName] = useState('')
  const keep = useSend(views.saved.create, ({ view }) => {
    sayDone(`View ${view.name} is saved`)
    onKept(view.id)
  })
  return (
    <Modal opened onClose={onClose} title="Save this view">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim()) keep.mutate({ body: { locationId, kind: 'contacts', name: name.trim(), definition } })
        }}
      >
        <Stack gap="md">
          <TextInput
            label="Name"
            description="Filters, sort and columns are kept under it. Only you see it."
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={keep.error ? byField(keep.error, ['name']).fields.name : undefined}
            data-autofocus
          />
          <FormProblem what="The view was not saved" problem={keep.error} names={['name']} />
          <Group justify="flex-end">
            <Button type="submit" loading={keep.isPending} disabled={!name.trim()}>
              Save view
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

const Forget = ({ view, onClose, onGone }: { view: View; onClose: () => void; onGone: () => void }) => {
  const locationId = useLocationId()
  const remove = useSend(views.saved.remove, () => {
    sayDone(`View ${view.name} is deleted`)
    onGone()
  })
  return (
    <Confirm
      title={`Delete the view ${view.name}?`}
      action="Delete view"
      busy={remove.isPending}
      problem={remove.error}
      onConfirm={() => remove.mutate({ viewId: view.id ?? '', query: { locationId } })}
      onClose={onClose}
    >
      Only the view goes. No contact is touched.
    </Confirm>
  )
}

/** Views that the person keeps: chosen, saved, changed, deleted. */
export const SavedViews = ({ address, question, columns, onColumns }: SavedViewsProps) => {
  const { locationId } = question
  const found = useAsk(views.saved.list, { query: { locationId, kind: 'contacts' } })
  const [dialog, setDialog] = useState<'new' | 'forget'>()
  const current = found.data?.views.find(({ id }) => id === address.get('view'))
  const definition = definitionOf(question, columns)
  const update = useSend(views.saved.update, ({ view }) => sayDone(`View ${view.name} is saved`))
  const open = ({ id, definition: kept }: View) => {
    if (!kept) return
    onColumns(kept.columns)
    address.set({ ...addressOf(kept), view: id ?? '' })
  }
  const close = () => setDialog(undefined)
  const leave = () => address.set({ q: '', f: '', any: '', sort: '', view: '' })
  return (
    <>
      <Menu position="bottom-start" shadow="md">
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={16} />}>
            {current?.name ?? 'Views'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={400} style={{ overflowY: 'auto' }}>
          <Menu.Item onClick={leave}>All contacts</Menu.Item>
          {(found.data?.views ?? []).map((view) => (
            <Menu.Item key={view.id} onClick={() => open(view)} aria-current={view.id === current?.id || undefined}>
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {current && (
            <Menu.Item
              leftSection={<IconDeviceFloppy size={16} />}
              onClick={() => update.mutate({ viewId: current.id ?? '', query: { locationId }, body: { definition } })}
            >
              Save changes to {current.name}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconDeviceFloppy size={16} />} onClick={() => setDialog('new')}>
            Save as a new view
          </Menu.Item>
          {current && (
            <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => setDialog('forget')}>
              Delete {current.name}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'new' && (
        <NewView
          definition={definition}
          onClose={close}
          onKept={(id) => {
            close()
            address.set({ view: id })
          }}
        />
      )}
      {dialog === 'forget' && current && (
        <Forget
          view={current}
          onClose={close}
          onGone={() => {
            close()
            address.set({ view: '' })
          }}
        />
      )}
    </>
  )
}
