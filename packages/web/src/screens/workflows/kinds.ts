import type { FactSpec, FieldSpec } from './fields.js'
import type { Part } from './words.js'

export interface Kind {
  readonly label: string
  /** Under which heading it is offered. */
  readonly group: string
  /** What a new one begins with. */
  readonly fresh: Part
  readonly fields: readonly FieldSpec[]
  /** False: only shown where it is there already, since it is made elsewhere. */
  readonly offered?: boolean
}

type Filters = Extract<FieldSpec, { as: 'filters' }>

const filters = (...facts: readonly FactSpec[]): Filters => ({ as: 'filters', facts })
const contactFilters = (...facts: readonly FactSpec[]): Filters => ({ ...filters(...facts), contact: true })
const window: FieldSpec = { as: 'window' }
const name: FieldSpec = { as: 'line', name: 'name', label: 'Name', placeholder: 'As its kind' }

const appointmentStates = ['confirmed', 'new', 'showed', 'noshow', 'cancelled', 'invalid'].map((each) => [each, each] as const)
const opportunityStates = ['open', 'won', 'lost', 'abandoned'].map((each) => [each, each] as const)

/** What begins a workflow: one row a kind. */
export const triggerKinds: Readonly<Record<string, Kind>> = {
  contact_created: { label: 'A contact is created', group: 'Contact', fresh: {}, fields: [contactFilters(), name] },
  contact_changed: { label: 'A contact changes', group: 'Contact', fresh: {}, fields: [contactFilters(), name] },
  tag_added: {
    label: 'A tag is added',
    group: 'Contact',
    fresh: { filters: [{ field: 'tag', operator: 'eq', value: '' }] },
    fields: [contactFilters({ field: 'tag', label: 'Tag that was added', of: 'tags' }), name],
  },
  form_submitted: {
    label: 'A form or survey is sent in',
    group: 'Contact',
    fresh: {},
    fields: [
      filters({ field: 'formId', label: 'Form or survey', of: 'forms' }, { field: 'email', label: 'E-mail that was given' }),
      name,
    ],
  },
  link_clicked: {
    label: 'A trigger link is clicked',
    group: 'Contact',
    fresh: {},
    fields: [filters({ field: 'linkId', label: 'Trigger link', of: 'links' }), name],
  },
  message_received: {
    label: 'A message comes in',
    group: 'Conversation',
    fresh: {},
    fields: [
      filters(
        { field: 'body', label: 'Text of the message' },
        {
          field: 'messageType',
          label: 'Channel',
          options: [
            ['SMS', 'SMS'],
            ['Email', 'E-mail'],
            ['WhatsApp', 'WhatsApp'],
            ['Live_Chat', 'Live chat'],
          ],
        },
        { field: 'subject', label: 'Subject' },
      ),
      name,
    ],
  },
  appointment: {
    label: 'An appointment is booked or changes',
    group: 'Sales',
    fresh: {},
    fields: [
      filters(
        { field: 'calendarId', label: 'Calendar', of: 'calendars' },
        { field: 'appointmentStatus', label: 'State of the appointment', options: appointmentStates },
        {
          field: 'event',
          label: 'What happened',
          options: [
            ['AppointmentCreate', 'It was booked'],
            ['AppointmentUpdate', 'It changed'],
            ['AppointmentDelete', 'It was deleted'],
          ],
        },
      ),
      name,
    ],
  },
  opportunity_stage: {
    label: 'An opportunity changes its stage',
    group: 'Sales',
    fresh: {},
    fields: [
      filters(
        { field: 'pipelineId', label: 'Pipeline', of: 'pipelines' },
        { field: 'pipelineStageId', label: 'Stage', of: 'stages' },
        { field: 'status', label: 'Status', options: opportunityStates },
        { field: 'monetaryValue', label: 'Value' },
      ),
      name,
    ],
  },
  order: {
    label: 'An order is placed or changes',
    group: 'Sales',
    fresh: {},
    fields: [filters({ field: 'status', label: 'Status of the order' }, { field: 'amount', label: 'Amount' }), name],
  },
  webhook: { label: 'Another program calls', group: 'Other', fresh: {}, fields: [{ as: 'address' }, contactFilters(), name] },
  schedule: {
    label: 'At a time',
    group: 'Other',
    fresh: { tag: '', at: '09:00' },
    fields: [{ as: 'one', name: 'tag', label: 'For contacts with the tag', of: 'tags' }, { as: 'schedule' }, name],
  },
  app: {
    label: 'An app tells',
    group: 'Other',
    fresh: { key: '' },
    fields: [
      { as: 'line', name: 'key', label: 'Key of the app’s trigger' },
      { as: 'line', name: 'subscriptionUrl', label: 'Address that is told of subscriptions', placeholder: 'https://' },
      contactFilters(),
      name,
    ],
    offered: false,
  },
}

const assignee: FieldSpec = {
  as: 'one',
  name: 'assignedTo',
  label: 'Assigned to',
  of: 'users',
  placeholder: 'Whoever has the contact',
}

/** What a workflow does: one row a kind. */
export const actionKinds: Readonly<Record<string, Kind>> = {
  send_email: {
    label: 'Send e-mail',
    group: 'Message',
    fresh: { subject: '', html: '' },
    fields: [
      { as: 'message', type: 'email' },
      { as: 'line', name: 'emailFrom', label: 'From', placeholder: 'The sub-account' },
      { as: 'words', name: 'attachments', label: 'Attachments', hint: 'Web addresses of files.' },
      window,
      name,
    ],
  },
  send_sms: {
    label: 'Send SMS',
    group: 'Message',
    fresh: { message: '' },
    fields: [
      { as: 'message', type: 'sms' },
      { as: 'words', name: 'attachments', label: 'Attachments', hint: 'Web addresses of files.' },
      window,
      name,
    ],
  },
  wait: { label: 'Wait', group: 'Flow', fresh: { days: 1 }, fields: [{ as: 'wait' }, window, name] },
  if_else: {
    label: 'If / else',
    group: 'Flow',
    fresh: { conditions: [{ field: 'tags', operator: 'contains', value: '' }] },
    fields: [{ as: 'conditions' }, name],
  },
  split: {
    label: 'Split',
    group: 'Flow',
    fresh: {
      paths: [
        { name: 'A', weight: 1, actions: [] },
        { name: 'B', weight: 1, actions: [] },
      ],
    },
    fields: [{ as: 'paths' }, name],
  },
  go_to: {
    label: 'Go to',
    group: 'Flow',
    fresh: { actionId: '' },
    fields: [{ as: 'one', name: 'actionId', label: 'Step that comes next', of: 'steps' }],
  },
  goal: {
    label: 'Goal',
    group: 'Flow',
    fresh: { on: 'form_submitted' },
    fields: [{ as: 'goal' }, name],
  },
  end: { label: 'End', group: 'Flow', fresh: {}, fields: [] },
  add_tag: { label: 'Add tag', group: 'Contact', fresh: { tags: [] }, fields: [{ as: 'tags' }, window, name] },
  remove_tag: { label: 'Take tag off', group: 'Contact', fresh: { tags: [] }, fields: [{ as: 'tags' }, window, name] },
  update_field: {
    label: 'Change field',
    group: 'Contact',
    fresh: { field: '', value: '' },
    fields: [{ as: 'field-value' }, window, name],
  },
  assign: {
    label: 'Assign to',
    group: 'Contact',
    fresh: { users: [] },
    fields: [
      { as: 'several', name: 'users', label: 'One of these users', of: 'users', hint: 'Several take turns.' },
      { as: 'flag', name: 'onlyIfUnassigned', label: 'Only if nobody has the contact' },
      window,
      name,
    ],
  },
  create_task: {
    label: 'Create task',
    group: 'Contact',
    fresh: { title: '', dueInDays: 1 },
    fields: [
      { as: 'line', name: 'title', label: 'Title', merge: true },
      { as: 'text', name: 'body', label: 'Text', rows: 3 },
      { as: 'number', name: 'dueInDays', label: 'Due in days' },
      { as: 'number', name: 'dueInMinutes', label: 'and minutes' },
      assignee,
      window,
      name,
    ],
  },
  create_note: {
    label: 'Write note',
    group: 'Contact',
    fresh: { body: '' },
    fields: [{ as: 'text', name: 'body', label: 'Note', rows: 4 }, window, name],
  },
  create_opportunity: {
    label: 'Create opportunity',
    group: 'Sales',
    fresh: { pipelineId: '', status: 'open' },
    fields: [
      { as: 'one', name: 'pipelineId', label: 'Pipeline', of: 'pipelines' },
      { as: 'one', name: 'pipelineStageId', label: 'Stage', of: 'stages', placeholder: 'The first' },
      { as: 'line', name: 'name', label: 'Name of the opportunity', merge: true, placeholder: '{{contact.name}}' },
      { as: 'number', name: 'monetaryValue', label: 'Value' },
      { as: 'choice', name: 'status', label: 'Status', options: opportunityStates },
      { as: 'one', name: 'assignedTo', label: 'Assigned to', of: 'users', placeholder: 'Nobody' },
      { as: 'line', name: 'source', label: 'Source' },
      window,
    ],
  },
  webhook: {
    label: 'Call another program',
    group: 'Other',
    fresh: { url: '' },
    fields: [
      { as: 'line', name: 'url', label: 'Address', placeholder: 'https://' },
      { as: 'pairs', name: 'headers', label: 'Headers' },
      { as: 'json', name: 'body', label: 'Body', hint: 'Empty: the contact as JSON.' },
      window,
      name,
    ],
  },
  app: {
    label: 'Action of an app',
    group: 'Other',
    fresh: { url: '', key: '' },
    fields: [
      { as: 'line', name: 'url', label: 'Address', placeholder: 'https://' },
      { as: 'line', name: 'key', label: 'Key of the app’s action' },
      { as: 'pairs', name: 'data', label: 'Data' },
      { as: 'pairs', name: 'headers', label: 'Headers' },
      { as: 'flag', name: 'pause', label: 'Wait until the app says how to go on' },
      window,
      name,
    ],
    offered: false,
  },
}

/** Events that can reach a goal: those that happen to somebody who is in the workflow already. */
export const goalEvents = Object.entries(triggerKinds).filter(
  ([type]) => !['contact_created', 'webhook', 'schedule', 'app'].includes(type),
)

/** What filters of an event can ask. */
export const filtersOf = (type: unknown): Filters | undefined =>
  kindOf({ type }, true)?.fields.find((field): field is Filters => field.as === 'filters')

/** The row of a part's kind; undefined for one that this portal does not know yet. */
export const kindOf = (part: Part, isTrigger: boolean): Kind | undefined => {
  const kinds = isTrigger ? triggerKinds : actionKinds
  return Object.hasOwn(kinds, String(part.type)) ? kinds[String(part.type)] : undefined
}

/** What can be added, by heading. */
export const offered = (
  isTrigger: boolean,
): readonly { readonly group: string; readonly kinds: readonly (readonly [string, Kind])[] }[] => {
  const kinds = Object.entries(isTrigger ? triggerKinds : actionKinds).filter(([, kind]) => kind.offered !== false)
  const groups = [...new Set(kinds.map(([, { group }]) => group))]
  return groups.map((group) => ({ group, kinds: kinds.filter(([, kind]) => kind.group === group) }))
}
