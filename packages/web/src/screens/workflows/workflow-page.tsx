import { workflows } from '@groundlevel/contracts'
import { ActionIcon, Badge, Button, Group, Popover, Stack, Switch, Text, TextInput, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconSettings } from '@tabler/icons-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { Id } from '../../parts/identifier.js'
import { LeaveGuard } from '../../parts/leave-guard.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Notice } from '../../parts/notice.js'
import { Page } from '../../parts/page.js'
import { TabsInAddress } from '../../parts/tabs-in-address.js'
import type { Problem } from '../../problem.js'
import { sayDone } from '../developer/save-bar.js'
import { WindowFields } from './days.js'
import { JsonView } from './json-view.js'
import { placedProblems } from './problems.js'
import { Runs } from './runs.js'
import { TryOut } from './try-out.js'
import { bodyOf, type Draft, type Editing, useDraft } from './use-draft.js'
import { Versions } from './versions.js'
import { statusWord, useWorkflow, type Workflow } from './words.js'

// The library that draws is loaded with the first canvas.
const Builder = lazy(() => import('./builder.js').then((module) => ({ default: module.Builder })))

const nothing = { triggers: [], actions: [] }

/** Sends the draft, with a new state where it is published or taken back. */
const useSaving = (row: Workflow, editing: Editing) => {
  const [refused, setRefused] = useState<{ problem: Problem; draft: Draft }>()
  const update = useSend(workflows.workflow.update)
  const save = (status?: 'draft' | 'published') => {
    const sent = editing.draft
    const body = { ...(editing.dirty ? bodyOf(sent) : {}), ...(status ? { status } : {}) }
    update.mutate(
      { workflowId: row.id, body: body as never },
      {
        onSuccess: ({ workflow }) => {
          setRefused(undefined)
          editing.saved(sent, workflow)
          sayDone(status === 'published' ? 'It is published' : status === 'draft' ? 'It is a draft again' : 'Saved')
        },
        onError: (problem) => setRefused({ problem, draft: sent }),
      },
    )
  }
  const placed = useMemo(() => placedProblems(refused?.problem, refused?.draft ?? nothing), [refused])
  return { save, busy: update.isPending, problem: refused?.problem, placed }
}

const Settings = ({ draft, change }: Editing) => (
  <Popover position="bottom-start" trapFocus returnFocus shadow="md" width={320}>
    <Popover.Target>
      <Button variant="default" size="xs" leftSection={<IconSettings size={15} />}>
        Settings
      </Button>
    </Popover.Target>
    <Popover.Dropdown aria-label="Settings of the workflow">
      <Stack gap="md">
        <TextInput
          label="Name"
          autoComplete="off"
          value={draft.name}
          onChange={(event) => change({ ...draft, name: event.currentTarget.value }, 'name')}
        />
        <Switch
          label="An answer of the contact ends it"
          checked={draft.stopOnReply}
          onChange={(event) => change({ ...draft, stopOnReply: event.currentTarget.checked })}
        />
        <Switch
          label="Each contact only once, for ever"
          checked={draft.never}
          onChange={(event) => change({ ...draft, never: event.currentTarget.checked })}
        />
        <WindowFields
          label="Only at certain hours"
          general
          value={draft.window}
          onChange={(window, about) => change({ ...draft, window }, about)}
        />
      </Stack>
    </Popover.Dropdown>
  </Popover>
)

const Steps = ({ editing }: { editing: Editing }) => (
  <Group gap={4}>
    {(
      [
        ['Take back', IconArrowBackUp, editing.canUndo, editing.undo],
        ['Do again', IconArrowForwardUp, editing.canRedo, editing.redo],
      ] as const
    ).map(([label, Icon, can, act]) => (
      <Tooltip key={label} label={label}>
        <ActionIcon variant="default" aria-label={label} disabled={!can} onClick={act}>
          <Icon size={16} />
        </ActionIcon>
      </Tooltip>
    ))}
  </Group>
)

interface BarProps {
  readonly editing: Editing
  readonly busy: boolean
  readonly onSave: () => void
}

const Bar = ({ editing, busy, onSave }: BarProps) => (
  <Group gap="xs" mb="sm">
    <Button size="xs" disabled={!editing.dirty} loading={busy} onClick={onSave}>
      Save
    </Button>
    <Steps editing={editing} />
    <Settings {...editing} />
    {editing.dirty && (
      <Button size="xs" variant="subtle" onClick={editing.discard}>
        Discard changes
      </Button>
    )}
    <Text size="sm" c="dimmed" role="status">
      {editing.dirty ? 'Not saved yet.' : 'All saved.'}
    </Text>
  </Group>
)

const Facts = ({ row }: { row: Workflow }) => (
  <Group gap="xs">
    <Badge color={row.status === 'published' ? 'green' : 'gray'} c="var(--mantine-color-text)">
      {statusWord(row.status)}
    </Badge>
    <Text span size="sm">
      version {row.version}
    </Text>
    <Id value={row.id} what="workflow id" />
  </Group>
)

/** Somebody else saved while this was open. */
const Newer = ({ row, editing }: { row: Workflow; editing: Editing }) => (
  <Notice tone="waiting" title={`Version ${row.version} is here`}>
    <Group gap="sm">
      <Text size="sm">Somebody else saved while you were writing. Saving puts yours over it.</Text>
      <Button size="compact-sm" variant="default" onClick={() => editing.load(row)}>
        Load it, lose mine
      </Button>
    </Group>
  </Notice>
)

const Opened = ({ row }: { row: Workflow }) => {
  const editing = useDraft(row)
  const saving = useSaving(row, editing)
  const { problem, placed } = saving
  const isNewer = row.version > editing.version && !saving.busy
  if (isNewer && !editing.dirty) editing.load(row)
  const published = row.status === 'published'
  const publish = (
    <Button
      variant={published ? 'default' : 'filled'}
      loading={saving.busy}
      onClick={() => saving.save(published ? 'draft' : 'published')}
    >
      {published ? 'Back to draft' : editing.dirty ? 'Save and publish' : 'Publish'}
    </Button>
  )
  const bar = <Bar editing={editing} busy={saving.busy} onSave={() => saving.save()} />
  const count = placed.parts.size
  const messages = [
    ...placed.rest,
    ...(count > 0
      ? [count === 1 ? 'What has to be changed is marked on the canvas.' : `${count} places on the canvas are marked.`]
      : []),
  ]
  return (
    <Page title={editing.draft.name || row.name} width={1400} about={<Facts row={row} />} actions={publish}>
      <LeaveGuard dirty={editing.dirty} what="This workflow" />
      {isNewer && editing.dirty && <Newer row={row} editing={editing} />}
      {problem && <Failure what="The workflow was not saved" problem={problem} messages={messages} focus />}
      <TabsInAddress
        tabs={{
          build: {
            word: 'Canvas',
            shown: (
              <>
                {bar}
                <Suspense fallback={<Waiting lines={8} />}>
                  <Builder editing={editing} problems={placed.parts} />
                </Suspense>
              </>
            ),
          },
          json: {
            word: 'JSON',
            shown: (
              <>
                {bar}
                <JsonView editing={editing} />
              </>
            ),
          },
          try: { word: 'Try it', shown: <TryOut row={row} dirty={editing.dirty} /> },
          runs: { word: 'Runs', shown: <Runs row={row} /> },
          versions: { word: 'Versions', shown: <Versions row={row} editing={editing} /> },
        }}
      />
    </Page>
  )
}

/** One workflow: what it does, what it would do, what it did. */
export const WorkflowPage = () => {
  const found = useWorkflow()
  return (
    <Loaded from={found} what="The workflow" waiting={<Waiting lines={8} />}>
      {({ workflow }) => <Opened key={workflow.id} row={workflow} />}
    </Loaded>
  )
}
