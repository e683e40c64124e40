import { t } from '@groundlevel/contract-kit'
import { Actor } from '../contacts/contact.shapes.js'

/** What begins a workflow. */
export const triggerTypes = [
  'contact_created',
  'contact_changed',
  'tag_added',
  'tag_removed',
  'dnd_changed',
  'note_added',
  'task_added',
  'task_completed',
  'form_submitted',
  'link_clicked',
  'message_received',
  'email_event',
  'appointment',
  'opportunity_created',
  'opportunity_stage',
  'opportunity_status',
  'opportunity_changed',
  'order',
  'webhook',
  'schedule',
  'date',
  'app',
] as const

/** What a workflow does, one after the other. */
export const actionTypes = [
  'add_tag',
  'remove_tag',
  'wait',
  'if_else',
  'split',
  'send_sms',
  'send_email',
  'update_field',
  'create_task',
  'create_note',
  'create_opportunity',
  'update_opportunity',
  'delete_opportunity',
  'update_appointment',
  'assign',
  'unassign',
  'set_dnd',
  'math',
  'notify',
  'add_to_workflow',
  'remove_from_workflow',
  'webhook',
  'go_to',
  'goal',
  'end',
  'app',
] as const

const status = t.Enum(['draft', 'published'])

export const WorkflowSettings = t.Object({
  /**
   * Whether a contact may come again. Default `when_finished`: not while it is in it. `never`: once and for all.
   */
  reentry: t.Optional(t.Enum(['when_finished', 'never'])),
  /** An answer of the contact ends its way through the workflow. Default false. */
  stopOnReply: t.Optional(t.Boolean()),
  /**
   * `{days, from, to, applies}`: what is done outside of it waits until it opens, by the clock of the sub-account. `applies`: `messages`
   * (default) or `all`. A step's own `window` goes before it.
   */
  window: t.Optional(t.Open()),
})

/** A trigger or an action: `type`, and what that type asks for. What is wrong is said with its place (`actions.0.tags …`). */
const Part = t.Open()

const written = {
  triggers: t.Array(Part, { maxItems: 50 }),
  actions: t.Array(Part, { maxItems: 500 }),
  settings: WorkflowSettings,
}
const name = t.String({ minLength: 1, maxLength: 400 })

export const WorkflowWritten = t.Object({
  locationId: t.String(),
  name,
  status: t.Default(status, 'draft'),
  triggers: t.Default(written.triggers, []),
  actions: t.Default(written.actions, []),
  settings: t.Optional(written.settings),
})

export const WorkflowChanged = t.Object({
  locationId: t.Optional(t.String()),
  name: t.Optional(name),
  status: t.Optional(status),
  triggers: t.Optional(written.triggers),
  actions: t.Optional(written.actions),
  settings: t.Optional(written.settings),
})

/** A row of the official list. */
export const WorkflowRow = t.Object({
  id: t.String(),
  name: t.String(),
  status: t.String(),
  /** Rises with every change. */
  version: t.Integer(),
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
  locationId: t.String(),
})

/** A workflow whole: every action has an `id`, by which `go_to` and the history name it. */
export const Workflow = t.Object({
  ...WorkflowRow.properties,
  triggers: t.Array(Part),
  actions: t.Array(Part),
  settings: WorkflowSettings,
})

/** What can become of one who is in a workflow. */
export const enrolmentStates = ['active', 'paused', 'completed', 'stopped', 'removed', 'failed', 'refused'] as const

/** One contact's way through a workflow. */
export const Enrolment = t.Object({
  id: t.String(),
  locationId: t.String(),
  workflowId: t.String(),
  contactId: t.String(),
  /** What the contact is called: by name, else e-mail, else phone number; not there where it has none of them. */
  contactName: t.Optional(t.String()),
  status: t.Enum(enrolmentStates),
  /** The action that comes next. */
  actionId: t.Optional(t.String()),
  /** When it goes on; empty where it waits for something that has no time. */
  dueAt: t.Optional(t.DateTime()),
  /** `reply`, `call`, `goal` or `event`. */
  waitingFor: t.Optional(t.String()),
  /** How many workflows caused this one, each by what it did. */
  depth: t.Integer(),
  steps: t.Integer(),
  /** How many of them failed. */
  failedSteps: t.Integer(),
  /** Why it ended, or why it is tried again. */
  reason: t.Optional(t.String()),
  startedAt: t.DateTime(),
  finishedAt: t.Optional(t.DateTime()),
})

/** One line of the history. */
export const WorkflowStep = t.Object({
  number: t.Integer(),
  actionId: t.Optional(t.String()),
  type: t.String(),
  outcome: t.Enum(['done', 'skipped', 'failed', 'waiting', 'branch', 'ended']),
  /** What was done, which branch was taken and why. */
  reason: t.String(),
  at: t.DateTime(),
})

/** Numbers of a workflow. Whoever was in it long enough ago to be forgotten is counted by its steps alone. */
export const WorkflowStatistics = t.Object({
  /** Ways through it, by their status; one that nobody has is 0. */
  enrolments: t.Object(
    Object.fromEntries(enrolmentStates.map((state) => [state, t.Integer()])) as Record<
      (typeof enrolmentStates)[number],
      ReturnType<typeof t.Integer>
    >,
  ),
  /** Of those that somebody has come to. */
  steps: t.Array(
    t.Object({
      actionId: t.String(),
      /** As in its history: `done`, `skipped`, `failed`, `waiting`, `branch`, `ended`. */
      outcome: t.String(),
      count: t.Integer(),
    }),
  ),
})

/** One definition that a workflow has had. */
export const WorkflowVersion = t.Object({
  ...t.Pick(WorkflowRow, ['version', 'name', 'status']).properties,
  createdAt: t.DateTime(),
  /** Who saved it, in the words of other records; not there where that is not known. */
  createdBy: t.Optional(Actor),
})

export const WorkflowVersionWhole = t.Object({
  ...WorkflowVersion.properties,
  ...t.Pick(Workflow, ['triggers', 'actions', 'settings']).properties,
})
