import { ActionIcon, Anchor, Drawer, Stack, Text, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { call, useSend } from '../../api.js'
import { Empty } from '../../parts/empty.js'
import { useListAddress } from '../../parts/list/address.js'
import { type Column, useColumns } from '../../parts/list/columns.js'
import { countOf } from '../../parts/list/count.js'
import { useCsvExport } from '../../parts/list/csv.js'
import { DataTable } from '../../parts/list/data-table.js'
import { ListBar } from '../../parts/list/list-bar.js'
import { usePages } from '../../parts/list/pages.js'
import { Card } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { textOf, useLocationId } from '../contacts/words.js'
import { Removal } from '../settings/removal.js'
import { type AskingKind, idIn } from './kinds.js'
import type { Form, Submission } from './words.js'

const answerOf = (row: Submission, key: string) => textOf((row.others as Record<string, unknown> | null)?.[key])
const nameOf = (row: Submission) => row.name || row.email || 'Somebody'

const columnsOf = (form: Form, base: string, onRemove: (row: Submission) => void): readonly Column<Submission>[] => [
  {
    id: 'name',
    label: 'From',
    names: true,
    widthPx: 200,
    cell: (row) =>
      row.contactId ? (
        <Anchor component={Link} to={`${base}/contacts/${row.contactId}`} size="sm" fw={500}>
          {nameOf(row)}
        </Anchor>
      ) : (
        nameOf(row)
      ),
    text: nameOf,
  },
  {
    id: 'createdAt',
    label: 'Sent',
    widthPx: 140,
    cell: ({ createdAt }) => createdAt && <When at={createdAt} />,
    text: ({ createdAt }) => createdAt ?? '',
  },
  ...form.fields.map(
    ({ key, label }): Column<Submission> => ({
      id: `answer.${key}`,
      label,
      cell: (row) => answerOf(row, key),
      text: (row) => answerOf(row, key),
    }),
  ),
  {
    id: 'acts',
    label: 'Actions',
    widthPx: 80,
    align: 'end',
    cell: (row) => (
      <ActionIcon
        variant="subtle"
        color="gray"
        c="dimmed"
        size="sm"
        aria-label={`Delete what ${nameOf(row)} sent`}
        onClick={() => onRemove(row)}
      >
        <IconTrash size={15} />
      </ActionIcon>
    ),
  },
]

const pageSize = 100

interface Asked {
  readonly locationId: string
  readonly id: string
  readonly q: string
  readonly startAt: string
  readonly endAt: string
}

const ask = async (
  kind: AskingKind,
  { q, startAt, endAt, id, locationId }: Asked,
  after: number | undefined,
  signal?: AbortSignal,
) => {
  const given = { ...(q ? { q } : {}), ...(startAt ? { startAt } : {}), ...(endAt ? { endAt } : {}) }
  const reply = await call(
    kind.submissions.list,
    { query: { locationId, ...idIn(kind, id), ...given, limit: pageSize, page: after ?? 1 } },
    signal,
  )
  return { rows: reply.submissions, total: reply.meta.total, next: reply.meta.nextPage ?? undefined }
}

async function* everything(kind: AskingKind, asked: Asked): AsyncIterable<readonly Submission[]> {
  for (let page: number | undefined = 1; page; ) {
    const found: Awaited<ReturnType<typeof ask>> = await ask(kind, asked, page)
    yield found.rows
    page = found.next
  }
}

/** All that was answered, a line for each question. */
const Answers = ({ row, form, onClose }: { row: Submission; form: Form; onClose: () => void }) => (
  <Drawer opened onClose={onClose} position="right" title={`From ${nameOf(row)}`}>
    <Stack gap="sm">
      {form.fields.map(({ key, label }) => (
        <div key={key}>
          <Text size="xs" c="dimmed">
            {label}
          </Text>
          <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            {answerOf(row, key) || '–'}
          </Text>
        </div>
      ))}
    </Stack>
  </Drawer>
)

/** What came in through a form or a survey. */
export const Submissions = ({ form, kind }: { form: Form; kind: AskingKind }) => {
  const locationId = useLocationId()
  const address = useListAddress()
  const [opened, setOpened] = useState<Submission>()
  const [removing, setRemoving] = useState<Submission>()
  const remove = useSend(kind.submissions.remove)
  const all = useMemo(() => columnsOf(form, `/portal/sub-account/${locationId}`, setRemoving), [form, locationId])
  const columns = useColumns(`submissions-${form.id}`, all)
  const asked = {
    locationId,
    id: form.id,
    q: address.query,
    startAt: address.get('from'),
    endAt: address.get('to'),
  }
  const pages = usePages<Submission, number>([kind.submissions.list.key, 'pages', asked], (after, signal) =>
    ask(kind, asked, after, signal),
  )
  const exporting = useCsvExport(form.name, columns.shown, () => everything(kind, asked))
  const day = (name: 'from' | 'to', label: string) => (
    <TextInput
      type="date"
      aria-label={label}
      value={address.get(name)}
      onChange={(event) => address.set({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <Stack gap="md">
      <ListBar
        label="submissions"
        address={address}
        columns={columns}
        exporting={exporting}
        count={
          pages.total === undefined
            ? undefined
            : `${countOf(pages.total, 'submission')}${asked.startAt ? '' : ', of the last month'}`
        }
      >
        {day('from', 'From day')}
        {day('to', 'To day')}
      </ListBar>
      <Card flush>
        <DataTable
          label="Submissions"
          what="The submissions"
          pages={pages}
          columns={columns.shown}
          idOf={({ id }) => id ?? ''}
          nameOf={nameOf}
          onOpen={setOpened}
          empty={<Empty title="Nothing came in">Share its address, or choose an earlier day.</Empty>}
        />
      </Card>
      {opened && <Answers row={opened} form={form} onClose={() => setOpened(undefined)} />}
      {removing && (
        <Removal
          name={`what ${nameOf(removing)} sent`}
          send={remove}
          input={{ submissionId: removing.id ?? '' }}
          onClose={() => setRemoving(undefined)}
        >
          The contact stays. This cannot be undone.
        </Removal>
      )}
    </Stack>
  )
}
