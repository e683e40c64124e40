import type { FactSpec, FieldSpec, Kind } from './fields.js'
import { appointmentStates, name, opportunityStates } from './kind-fields.js'

export type Filters = Extract<FieldSpec, { as: 'filters' }>

const filters = (...facts: readonly FactSpec[]): Filters => ({ as: 'filters', facts })
const contactFilters = (...facts: readonly FactSpec[]): Filters => ({ ...filters(...facts), contact: true })

const opportunityFacts: readonly FactSpec[] = [
  { field: 'pipelineId', label: 'Pipeline', of: 'pipelines' },
  { field: 'pipelineStageId', label: 'Stage', of: 'stages' },
  { field: 'status', label: 'Status', options: opportunityStates },
  { field: 'monetaryValue', label: 'Value' },
]
const opportunityChanges = [
  ['OpportunityStageUpdate', 'Its stage'],
  ['OpportunityStatusUpdate', 'Its status'],
  ['OpportunityMonetaryValueUpdate', 'Its value'],
  ['OpportunityAssignedToUpdate', 'Its owner'],
] as const
const mailEvents = [
  ['opened', 'It was opened'],
  ['clicked', 'A link was clicked'],
  ['delivered', 'It was delivered'],
  ['failed', 'It came back'],
  ['complained', 'It was called spam'],
] as const
const taskFilters = filters({ field: 'title', label: 'Title' }, { field: 'assignedTo', label: 'Assigned to', of: 'users' })

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
  tag_removed: {
    label: 'A tag is taken off',
    group: 'Contact',
    fresh: { filters: [{ field: 'tag', operator: 'eq', value: '' }] },
    fields: [contactFilters({ field: 'tag', label: 'Tag that was taken off', of: 'tags' }), name],
  },
  dnd_changed: { label: 'Do-not-disturb changes', group: 'Contact', fresh: {}, fields: [contactFilters(), name] },
  note_added: {
    label: 'A note is written',
    group: 'Contact',
    fresh: {},
    fields: [filters({ field: 'body', label: 'Text of the note' }), name],
  },
  task_added: { label: 'A task is created', group: 'Contact', fresh: {}, fields: [taskFilters, name] },
  task_completed: { label: 'A task is done', group: 'Contact', fresh: {}, fields: [taskFilters, name] },
  date: {
    label: 'A birthday or another date',
    group: 'Contact',
    fresh: { field: 'dateOfBirth', at: '09:00' },
    fields: [
      { as: 'contact-field', name: 'field', label: 'Date', birthday: true },
      { as: 'number', name: 'daysBefore', label: 'Days before' },
      { as: 'number', name: 'daysAfter', label: 'or days after' },
      { as: 'time', name: 'at', label: 'At' },
      { as: 'flag', name: 'everyYear', label: 'Every year', hint: 'Birthdays come every year anyway.' },
      name,
    ],
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
  email_event: {
    label: 'An e-mail is opened, clicked or bounces',
    group: 'Conversation',
    fresh: { filters: [{ field: 'event', operator: 'eq', value: 'opened' }] },
    fields: [
      filters(
        { field: 'event', label: 'What happened', options: mailEvents },
        { field: 'subject', label: 'Subject' },
        { field: 'recipient', label: 'Address' },
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
  opportunity_created: {
    label: 'An opportunity is created',
    group: 'Sales',
    fresh: {},
    fields: [filters(...opportunityFacts), name],
  },
  opportunity_stage: {
    label: 'An opportunity changes its stage',
    group: 'Sales',
    fresh: {},
    fields: [filters(...opportunityFacts), name],
  },
  opportunity_status: {
    label: 'An opportunity is won, lost, left or opened',
    group: 'Sales',
    fresh: { filters: [{ field: 'status', operator: 'eq', value: 'won' }] },
    fields: [filters(...opportunityFacts), name],
  },
  opportunity_changed: {
    label: 'An opportunity changes',
    group: 'Sales',
    fresh: {},
    fields: [filters({ field: 'event', label: 'What changed', options: opportunityChanges }, ...opportunityFacts), name],
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
