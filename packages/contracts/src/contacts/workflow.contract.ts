import { DELETE, POST, t } from '@groundlevel/contract-kit'
import { succeeded } from './contact.shapes.js'
import { contacts } from './module.js'

/** `eventStartTime`: what "before the event" in a workflow counts from. */
const body = t.Object({ eventStartTime: t.Optional(t.String({ maxLength: 100 })) })

export const workflow = contacts.resource(
  'workflow',
  '/contacts/:contactId/workflow',
  {
    add: POST('/:workflowId', {
      id: 'add-contact-to-workflow',
      summary: 'Put a contact into a published workflow; once is enough',
      body,
      reply: t.Object(succeeded),
    }),
    remove: DELETE('/:workflowId', {
      id: 'delete-contact-from-workflow',
      summary: 'Take a contact out of a workflow',
      body,
      reply: t.Object(succeeded),
    }),
  },
  { reaches: { contact: ['contactId'] } },
)
