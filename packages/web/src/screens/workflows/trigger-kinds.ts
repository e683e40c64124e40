import type { FactSpec, FieldSpec, Kind } from './fields.js'
import { name, opportunityStates } from './kind-fields.js'

export type Filters = Extract<FieldSpec, { as: 'filters' }>

const filters = (...facts: readonly FactSpec[]): Filters => ({ as: 'filters', facts })
const contactFilters = (...facts: readonly FactSpec[]): Filters => ({ ...filters(...facts), contact: true })

const appointmentStates = ['confirmed', 'new', 'showed', 'noshow', 'cancelled', 'invalid'].map((each) => [each, each] as const)

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
