import type { SeedContact } from '../../crm/contacts/index.js'
import type { SeedForm, SeedSubmission } from '../../crm/forms/index.js'
import type { SeedWorkflow } from '../../crm/workflows/index.js'
import type { Db } from '../../database/wire.js'
import { newId, newUuid } from '../../ids.js'
import type { DemoParts } from './parts.js'

const dayMs = 86_400_000

const formsAt = (dateAdded: Date): [SeedForm, SeedForm] => [
  {
    id: newId(dateAdded),
    kind: 'form',
    name: 'New patients',
    fields: [
      { key: 'full_name', label: 'Your name', required: true },
      { key: 'email', label: 'E-mail', required: true, help: 'We answer within a day.' },
      { key: 'phone', label: 'Phone' },
      { key: 'reason', label: 'What is it about?', type: 'radio', options: ['Check-up', 'Pain', 'Something else'] },
      { key: 'since', label: 'Since when?', type: 'date', showIf: { key: 'reason', equals: 'Pain' } },
      { key: 'privacy', label: 'Keep my answers to get in touch with me.', type: 'consent', required: true },
    ],
    settings: { submitLabel: 'Send', message: 'Thank you. We call you back within a day.', tags: ['new patient'] },
    dateAdded,
  },
  {
    id: newId(dateAdded),
    kind: 'survey',
    name: 'How was your visit?',
    fields: [
      { key: 'rating', label: 'How was it?', type: 'radio', options: ['Very good', 'Good', 'Not so good'], required: true },
      { key: 'better', label: 'What can we do better?', type: 'long_text', showIf: { key: 'rating', equals: 'Not so good' } },
      { key: 'email', label: 'E-mail, if we may ask back' },
    ],
    settings: {},
    dateAdded,
  },
]

const reasons = ['Check-up', 'Pain', 'Something else'] as const

const submissionsOf = (form: SeedForm, contacts: readonly SeedContact[], now: Date): SeedSubmission[] =>
  contacts.slice(0, 6).map(({ id: contactId, firstName, lastName, email, phone }, at) => {
    const createdAt = new Date(now.getTime() - (at + 1) * 2 * dayMs)
    const name = `${firstName} ${lastName}`
    const answers = { full_name: name, email, phone, reason: reasons[at % 3], privacy: 'true' }
    const others = {
      ...answers,
      eventData: { medium: 'form', mediumId: form.id },
      fieldsOriSequance: form.fields.map(({ key }) => key),
    }
    return { id: newUuid(), formId: form.id, kind: form.kind, contactId, name, email, phone, others, createdAt }
  })

const workflowsAt = (createdAt: Date, formId: string): SeedWorkflow[] => [
  {
    name: 'Welcome new patients',
    status: 'published',
    triggers: [{ type: 'form_submitted', filters: { formId } }],
    actions: [
      {
        type: 'send_email',
        subject: 'Welcome, {{contact.first_name}}',
        html: '<p>Thank you for writing to us. We call you back.</p>',
      },
      { type: 'create_task', title: 'Call {{contact.name}}', dueInDays: 1 },
      { type: 'wait', days: 3 },
      {
        type: 'if_else',
        conditions: [{ field: 'tags', operator: 'contains', value: 'patient' }],
        else: [{ type: 'send_sms', message: 'Hi {{contact.first_name}}, shall we find a time for you?' }],
      },
    ],
    createdAt,
  },
  {
    name: 'Ask for a review',
    status: 'draft',
    triggers: [{ type: 'tag_added', filters: { tag: 'treated' } }],
    actions: [
      { type: 'wait', days: 1 },
      { type: 'send_sms', message: 'How was your visit, {{contact.first_name}}?' },
    ],
    createdAt,
  },
  {
    name: 'Happy birthday',
    status: 'draft',
    triggers: [{ type: 'date', field: 'dateOfBirth', at: '09:00' }],
    actions: [
      { type: 'send_email', subject: 'Happy birthday, {{contact.first_name}}', html: '<p>Your next cleaning is on us.</p>' },
      { type: 'wait', on: 'email_event', filters: [{ field: 'event', value: 'clicked' }], days: 7 },
      {
        type: 'if_else',
        conditions: [{ field: 'happened', value: true }],
        else: [{ type: 'end' }],
      },
      { type: 'notify', title: '{{contact.name}} wants the birthday cleaning', owner: true, admins: true },
    ],
    createdAt,
  },
]

/** A form with answers, a survey, and workflows: one that welcomes who sends the form, one that is still a draft. */
export const automate = async (
  parts: Pick<DemoParts, 'seedForms' | 'seedWorkflows'>,
  db: Db,
  locationId: string,
  contacts: readonly SeedContact[],
  now: Date,
): Promise<void> => {
  const since = new Date(now.getTime() - 60 * dayMs)
  const [form, survey] = formsAt(since)
  await parts.seedForms(db, locationId, [form, survey], submissionsOf(form, contacts, now))
  await parts.seedWorkflows(db, locationId, workflowsAt(since, form.id))
}
