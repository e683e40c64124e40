import { DELETE, POST, t } from '@groundlevel/contract-kit'
import { succeeded } from './contact.shapes.js'
import { contacts } from './module.js'

const Done = t.Object(succeeded)

export const campaigns = contacts.resource(
  'campaigns',
  '/contacts/:contactId/campaigns',
  {
    removeAll: DELETE('/removeAll', {
      id: 'remove-contact-from-every-campaign',
      summary: 'Take a contact out of every campaign',
      v3: { path: '/contacts/:contactId/campaigns/remove-all' },
      reply: Done,
    }),
    add: POST('/:campaignId', {
      id: 'add-contact-to-campaign',
      summary: 'Add a contact to a campaign',
      body: t.Object({}),
      status: 201,
      reply: Done,
    }),
    remove: DELETE('/:campaignId', {
      id: 'remove-contact-from-campaign',
      summary: 'Take a contact out of a campaign',
      reply: Done,
    }),
  },
  { reaches: { contact: ['contactId'] } },
)
