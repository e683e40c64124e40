import type { Part } from './words.js'

/** A list as people read and change it. */
export const textFrom = (parts: readonly unknown[]): string => JSON.stringify(parts, null, 2)

interface Example {
  readonly label: string
  readonly part: Part
}

/** One of each kind that needs no id of something else. */
export const examples: Readonly<Record<'triggers' | 'actions', readonly Example[]>> = {
  triggers: [
    { label: 'A contact is created', part: { type: 'contact_created' } },
    { label: 'A tag is added', part: { type: 'tag_added', filters: { tag: 'vip' } } },
    { label: 'A form is sent in', part: { type: 'form_submitted' } },
    { label: 'A trigger link is clicked', part: { type: 'link_clicked' } },
    { label: 'A message comes in', part: { type: 'message_received' } },
    { label: 'An appointment', part: { type: 'appointment' } },
    { label: 'An opportunity changes its stage', part: { type: 'opportunity_stage' } },
    { label: 'An order', part: { type: 'order' } },
    { label: 'Every day at nine, for a tag', part: { type: 'schedule', tag: 'vip', at: '09:00' } },
    { label: 'Another program calls', part: { type: 'webhook' } },
  ],
  actions: [
    { label: 'Send SMS', part: { type: 'send_sms', message: 'Hello {{contact.first_name}}' } },
    {
      label: 'Send e-mail',
      part: { type: 'send_email', subject: 'Hello {{contact.first_name}}', html: '<p>Good to see you.</p>' },
    },
    { label: 'Wait', part: { type: 'wait', days: 1 } },
    { label: 'Wait for an answer', part: { type: 'wait', for: 'reply', days: 3 } },
    { label: 'Add tag', part: { type: 'add_tag', tags: ['vip'] } },
    { label: 'Take tag off', part: { type: 'remove_tag', tags: ['vip'] } },
    {
      label: 'If',
      // biome-ignore lint/suspicious/noThenProperty: the wire's own name
      part: { type: 'if_else', conditions: [{ field: 'tags', operator: 'contains', value: 'vip' }], then: [], else: [] },
    },
    {
      label: 'Split',
      part: {
        type: 'split',
        paths: [
          { name: 'A', weight: 1, actions: [] },
          { name: 'B', weight: 1, actions: [] },
        ],
      },
    },
    { label: 'Change field', part: { type: 'update_field', field: 'source', value: 'workflow' } },
    { label: 'Create task', part: { type: 'create_task', title: 'Ring back', dueInDays: 1 } },
    { label: 'Write note', part: { type: 'create_note', body: 'Came through the workflow.' } },
    { label: 'End', part: { type: 'end' } },
  ],
}
