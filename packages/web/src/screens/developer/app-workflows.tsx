import { apps } from '@groundlevel/contracts'
import { ActionIcon, Anchor, Badge, Button, Group, Stack, Text, Tooltip } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { Confirm } from '../../parts/confirm.js'
import { Empty } from '../../parts/empty.js'
import { Id } from '../../parts/identifier.js'
import { Loaded } from '../../parts/loaded.js'
import { Notice } from '../../parts/notice.js'
import { Card } from '../../parts/page.js'
import type { Problem } from '../../problem.js'
import { useApp } from './app-frame.js'
import classes from './developer.module.css'
import { sayDone } from './save-bar.js'
import { SuppliedForm } from './supplied-form.js'
import {
  type AppAction,
  type AppTrigger,
  actionBody,
  type Draft,
  draftOf,
  type Kind,
  kinds,
  triggerBody,
} from './supplied-words.js'

type Part = AppTrigger | AppAction

const Line = ({ part, onEdit, onRemove }: { part: Part; onEdit: () => void; onRemove: () => void }) => (
  <div className={classes.row}>
    <div className={classes.grow}>
      <Group gap={8}>
        <Text fw={600} size="sm">
          {part.name}
        </Text>
        <Badge size="sm" color="gray" c="dimmed">
          Version {part.version}
        </Badge>
      </Group>
      <Id value={part.key} what="key" />
      {part.description && (
        <Text size="xs" c="dimmed">
          {part.description}
        </Text>
      )}
    </div>
    <Group gap={4} wrap="nowrap">
      <Tooltip label="Change">
        <ActionIcon variant="subtle" color="gray" c="dimmed" aria-label={`Change ${part.name}`} onClick={onEdit}>
          <IconPencil size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Remove">
        <ActionIcon variant="subtle" color="gray" c="dimmed" aria-label={`Remove ${part.name}`} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </Tooltip>
    </Group>
  </div>
)

interface Acts {
  readonly save: (part: Part | undefined, draft: Draft) => void
  readonly remove: (part: Part) => void
  readonly saving: boolean
  readonly removing: boolean
  readonly problem: Problem | null
  readonly removeProblem: Problem | null
  readonly reset: () => void
}

const about: Readonly<Record<Kind, string>> = {
  trigger:
    'What happens in your app and begins a workflow. Sub-accounts that have installed the app choose it in their workflows.',
  action: 'What your app does for a contact. A change is live at once, in every workflow that has the step.',
}

const gone: Readonly<Record<Kind, string>> = {
  trigger: 'Workflows that have it keep it until they are saved; nobody can choose it any more.',
  action: 'Workflows that have the step pass it by and go on.',
}

interface PartsProps {
  readonly kind: Kind
  readonly parts: readonly Part[]
  readonly acts: Acts
  /** The part that is edited, `new`, or nothing. */
  readonly editing: Part | 'new' | undefined
  readonly setEditing: (part: Part | 'new' | undefined) => void
  readonly leaving: Part | undefined
  readonly setLeaving: (part: Part | undefined) => void
}

const Parts = ({ kind, parts, acts, editing, setEditing, leaving, setLeaving }: PartsProps) => {
  const { name, title } = kinds[kind]
  const part = editing === 'new' ? undefined : editing
  const begin = (to: Part | 'new') => {
    acts.reset()
    setEditing(to)
  }
  const create = (
    <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => begin('new')}>
      {`New ${name}`}
    </Button>
  )
  return (
    <Card flush title={title} about={about[kind]} actions={create}>
      {parts.map((each) => (
        <Line key={each.id} part={each} onEdit={() => begin(each)} onRemove={() => setLeaving(each)} />
      ))}
      {parts.length === 0 && <Empty title={`No ${name} yet`}>Workflows of sub-accounts get it as soon as you define one.</Empty>}
      {editing && (
        <SuppliedForm
          kind={kind}
          from={draftOf(part)}
          isNew={editing === 'new'}
          busy={acts.saving}
          problem={acts.problem}
          onSave={(draft) => acts.save(part, draft)}
          onClose={() => setEditing(undefined)}
        />
      )}
      {leaving && (
        <Confirm
          title={`Remove ${leaving.name}?`}
          action={`Remove ${name}`}
          busy={acts.removing}
          problem={acts.removeProblem}
          onConfirm={() => acts.remove(leaving)}
          onClose={() => setLeaving(undefined)}
        >
          {gone[kind]}
        </Confirm>
      )}
    </Card>
  )
}

/** What is open on the screen, and what closes it when an act is done. */
const useOpen = () => {
  const [editing, setEditing] = useState<Part | 'new'>()
  const [leaving, setLeaving] = useState<Part>()
  const close = (done: string) => () => {
    setEditing(undefined)
    setLeaving(undefined)
    sayDone(done)
  }
  return { shown: { editing, setEditing, leaving, setLeaving }, close }
}

/** What the screen reads of a send, whatever it sends. */
type Sending = Pick<ReturnType<typeof useSend>, 'isPending' | 'error' | 'reset'>

interface Sends {
  readonly create: Sending
  readonly update: Sending
  readonly remove: Sending
}

/** How one kind of parts is written, in the names of its operations. */
interface Writing {
  readonly create: (draft: Draft) => void
  readonly update: (id: string, draft: Draft) => void
  readonly remove: (id: string) => void
}

const actsOf = ({ create, update, remove }: Sends, write: Writing): Acts => ({
  save: (part, draft) => (part ? write.update(part.id, draft) : write.create({ ...draft, key: draft.key.trim() })),
  remove: ({ id }) => write.remove(id),
  saving: create.isPending || update.isPending,
  removing: remove.isPending,
  problem: create.error ?? update.error,
  removeProblem: remove.error,
  reset: () => {
    create.reset()
    update.reset()
  },
})

const Triggers = ({ appId }: { appId: string }) => {
  const found = useAsk(apps.triggers.list, { appId })
  const { shown, close } = useOpen()
  const create = useSend(apps.triggers.create, close('The trigger is there'))
  const update = useSend(apps.triggers.update, close('Saved'))
  const remove = useSend(apps.triggers.remove, close('The trigger is removed'))
  const write: Writing = {
    create: (draft) => create.mutate({ appId, body: { ...triggerBody(draft), key: draft.key } }),
    update: (triggerId, draft) => update.mutate({ appId, triggerId, body: triggerBody(draft) }),
    remove: (triggerId) => remove.mutate({ appId, triggerId }),
  }
  const acts = actsOf({ create, update, remove }, write)
  return (
    <Loaded from={found} what="The triggers">
      {({ triggers }) => <Parts kind="trigger" parts={triggers} acts={acts} {...shown} />}
    </Loaded>
  )
}

const Actions = ({ appId }: { appId: string }) => {
  const found = useAsk(apps.actions.list, { appId })
  const { shown, close } = useOpen()
  const create = useSend(apps.actions.create, close('The action is there'))
  const update = useSend(apps.actions.update, close('Saved'))
  const remove = useSend(apps.actions.remove, close('The action is removed'))
  const write: Writing = {
    create: (draft) => create.mutate({ appId, body: { ...actionBody(draft), key: draft.key } }),
    update: (actionId, draft) => update.mutate({ appId, actionId, body: actionBody(draft) }),
    remove: (actionId) => remove.mutate({ appId, actionId }),
  }
  const acts = actsOf({ create, update, remove }, write)
  return (
    <Loaded from={found} what="The actions">
      {({ actions }) => <Parts kind="action" parts={actions} acts={acts} {...shown} />}
    </Loaded>
  )
}

const needed = 'workflows.readonly'

/** Triggers and actions that the app supplies to workflows of sub-accounts. */
export const AppWorkflows = () => {
  const app = useApp()
  return (
    <Stack gap="md" maw={860}>
      <title>{`Workflows of ${app.name} · Groundlevel`}</title>
      {!app.scopes.includes(needed) && (
        <Notice tone="waiting">
          <Text size="sm">
            Nobody sees them yet: the app does not ask for <code>{needed}</code>.{' '}
            <Anchor component={Link} to="../scopes" size="sm" underline="always">
              Add the scope
            </Anchor>
          </Text>
        </Notice>
      )}
      <Triggers appId={app.id} />
      <Actions appId={app.id} />
    </Stack>
  )
}
