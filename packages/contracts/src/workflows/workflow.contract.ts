import { apiModule, DELETE, GET, limitSkip, limitSkipQuery, POST, PUT, t } from '@groundlevel/contract-kit'
import { SuppliedAction, SuppliedTrigger } from '../apps/supplied.shapes.js'
import { succeeded } from '../contacts/contact.shapes.js'
import {
  Enrolment,
  Workflow,
  WorkflowChanged,
  WorkflowRow,
  WorkflowStatistics,
  WorkflowStep,
  WorkflowVersion,
  WorkflowVersionWhole,
  WorkflowWritten,
} from './workflow.shapes.js'

const workflows = apiModule({ name: 'workflows', version: '2021-07-28', actors: ['location'], scope: 'workflows' })

const One = t.Object({ workflow: Workflow })

export const workflow = workflows.resource('workflow', '/workflows', {
  list: GET('/', {
    id: 'get-workflow',
    summary: 'Workflows of a sub-account, newest first',
    reaches: 'none',
    tenant: 'query',
    query: t.Object({ locationId: t.String() }),
    reply: t.Object({ workflows: t.Array(t.Row(WorkflowRow)) }),
  }),
  create: POST('/', {
    id: 'create-workflow',
    summary: 'Create a workflow; a draft until it is published',
    reaches: 'none',
    extension: true,
    tenant: 'body',
    body: WorkflowWritten,
    status: 201,
    reply: One,
    emits: ['WorkflowCreate'],
  }),
  catalogue: GET('/catalogue', {
    id: 'get-workflow-catalogue',
    summary: 'What workflows of a sub-account can be made of: kinds of triggers and actions, and what installed apps supply',
    reaches: 'none',
    extension: true,
    tenant: 'query',
    query: t.Object({ locationId: t.String() }),
    reply: t.Object({
      /** `filters`: what there is to filter by; null where whoever calls says what there is. */
      triggers: t.Array(t.Object({ type: t.String(), fields: t.Array(t.String()), filters: t.Nullable(t.Array(t.String())) })),
      /** `required` must all be there, of `oneOf` at least one; an empty list demands nothing. */
      actions: t.Array(
        t.Object({ type: t.String(), fields: t.Array(t.String()), required: t.Array(t.String()), oneOf: t.Array(t.String()) }),
      ),
      apps: t.Object({ triggers: t.Array(SuppliedTrigger), actions: t.Array(SuppliedAction) }),
    }),
  }),
  ask: POST('/catalogue/ask', {
    id: 'ask-workflow-catalogue',
    summary: 'What an app’s own server says of a field: options to choose from, or the fields that a dynamic one becomes',
    reaches: 'none',
    extension: true,
    effect: 'read',
    tenant: 'body',
    body: t.Object({
      locationId: t.String(),
      appId: t.String({ maxLength: 100 }),
      /** Of a trigger or an action of the app. */
      kind: t.Enum(['trigger', 'action']),
      key: t.String({ maxLength: 64 }),
      field: t.String({ maxLength: 64 }),
      /** What is filled in so far. */
      data: t.Optional(t.Open()),
    }),
    reply: t.Object({
      options: t.Optional(t.Array(t.Object({ label: t.String(), value: t.String() }))),
      inputs: t.Optional(t.Array(t.Object({ section: t.String(), fields: t.Array(t.Open()) }))),
    }),
  }),
  get: GET('/:workflowId', {
    id: 'get-workflow-by-id',
    summary: 'One workflow, its definition included',
    reaches: 'none',
    extension: true,
    reply: One,
  }),
  statistics: GET('/:workflowId/statistics', {
    id: 'get-workflow-statistics',
    summary: 'How many are in a workflow by what became of them, and how often each of its steps came to what',
    reaches: 'none',
    extension: true,
    reply: t.Object({ statistics: WorkflowStatistics }),
  }),
  update: PUT('/:workflowId', {
    id: 'update-workflow',
    summary: 'Change the sent parts of a workflow, publish it or take it back to draft; its version rises',
    reaches: 'none',
    extension: true,
    body: WorkflowChanged,
    reply: One,
    emits: ['WorkflowUpdate'],
  }),
  remove: DELETE('/:workflowId', {
    id: 'delete-workflow',
    summary: 'Delete a workflow; whoever is in it leaves it',
    reaches: 'none',
    extension: true,
    reply: t.Object(succeeded),
    emits: ['WorkflowDelete'],
  }),
  tryOut: POST('/:workflowId/dry-run', {
    id: 'dry-run-workflow',
    summary: 'What a workflow would do with a contact now; nothing is done',
    reaches: { contact: ['contactId'] },
    extension: true,
    effect: 'read',
    body: t.Object({
      locationId: t.Optional(t.String()),
      contactId: t.String({ maxLength: 100 }),
      /** What the trigger would tell, for conditions that ask it. */
      trigger: t.Optional(t.Open()),
    }),
    reply: t.Object({ steps: t.Array(WorkflowStep) }),
  }),
})

const locationId = t.Optional(t.String())

/** What a workflow has been: every change keeps its definition, the newest hundred of them. */
export const versions = workflows.resource(
  'versions',
  '/workflows/:workflowId/versions',
  {
    list: GET('', {
      id: 'get-workflow-versions',
      summary: 'Versions of a workflow, newest first: who saved what when',
      extension: true,
      query: t.Object({ locationId, ...limitSkipQuery(20) }),
      reply: t.Object({ versions: t.Array(t.Row(WorkflowVersion)), total: t.Integer() }),
      page: limitSkip('versions', 20),
    }),
    get: GET('/:version', {
      id: 'get-workflow-version',
      summary: 'One version of a workflow, its definition included',
      extension: true,
      reply: t.Object({ version: WorkflowVersionWhole }),
    }),
    restore: POST('/:version/restore', {
      id: 'restore-workflow-version',
      summary: 'Make a workflow what it was in a version; that is a new version, published or a draft as it is now',
      extension: true,
      body: t.Object({ locationId }),
      reply: One,
      emits: ['WorkflowUpdate'],
    }),
  },
  { reaches: 'none' },
)

/** Who is in a workflow, and what became of them. */
export const enrolments = workflows.resource('enrolments', '/workflows/:workflowId/enrolments', {
  list: GET('', {
    id: 'get-workflow-enrolments',
    summary: 'Contacts in a workflow, and those that were, newest first',
    reaches: 'narrowed',
    extension: true,
    query: t.Object({
      locationId: t.Optional(t.String()),
      contactId: t.Optional(t.String({ maxLength: 100 })),
      status: t.Optional(Enrolment.properties.status),
      ...limitSkipQuery(20),
    }),
    reply: t.Object({ enrolments: t.Array(t.Row(Enrolment)), total: t.Integer() }),
    page: limitSkip('enrolments', 20),
  }),
  get: GET('/:enrolmentId', {
    id: 'get-workflow-enrolment',
    summary: 'One contact’s way through a workflow, step by step with its reasons',
    reaches: { enrolment: ['enrolmentId'] },
    extension: true,
    reply: t.Object({ enrolment: Enrolment, steps: t.Array(t.Row(WorkflowStep)) }),
  }),
  resume: POST('/:enrolmentId/resume', {
    id: 'resume-workflow-enrolment',
    summary: 'Let a contact go on that waits for an app’s action, by the branch that the app names',
    reaches: { enrolment: ['enrolmentId'] },
    extension: true,
    body: t.Object({
      locationId: t.Optional(t.String()),
      branchId: t.Optional(t.String({ maxLength: 64 })),
      /** False: the action failed. Default true. */
      success: t.Optional(t.Boolean()),
      /** What later conditions may ask as `vars.<key of the action>`. */
      data: t.Optional(t.Open()),
      /** Taken as it was handed out. */
      extras: t.Optional(t.Open()),
    }),
    reply: t.Object(succeeded),
  }),
})

/** The same of one contact, whatever the workflow. */
export const runs = workflows.resource(
  'runs',
  '/contacts/:contactId/workflow',
  {
    list: GET('', {
      id: 'get-workflow-enrolments-of-contact',
      summary: 'Workflows that a contact is in, and those that they were in, newest first',
      extension: true,
      query: t.Object({ ...limitSkipQuery(20) }),
      reply: t.Object({ enrolments: t.Array(t.Row(Enrolment)), total: t.Integer() }),
      page: limitSkip('enrolments', 20),
    }),
  },
  { reaches: { contact: ['contactId'] } },
)
