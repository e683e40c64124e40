import type { FieldSpec, Kind } from './fields.js'
import { name, opportunityStates, window } from './kind-fields.js'

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
