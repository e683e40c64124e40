import { apiModule, DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { succeeded } from '../contacts/contact.shapes.js'

const campaigns = apiModule({
  name: 'campaigns',
  version: '2021-07-28',
  actors: ['location'],
  scope: 'campaigns',
  reaches: 'none',
})

export const Campaign = t.Object({ id: t.String(), name: t.String(), status: t.String(), locationId: t.String() })

const One = t.Object({ campaign: Campaign })
const name = t.String({ minLength: 1, maxLength: 400 })
const status = t.Enum(['draft', 'published'])

/** The official API lists; everything else is an extension (wire-contract §8). */
export const campaign = campaigns.resource('campaign', '/campaigns', {
  list: GET('/', {
    id: 'get-campaigns',
    summary: 'Campaigns of a sub-account, newest first',
    tenant: 'query',
    query: t.Object({ locationId: t.String(), status: t.Optional(t.String({ maxLength: 40 })) }),
    reply: t.Object({ campaigns: t.Array(t.Row(Campaign)) }),
  }),
  create: POST('/', {
    id: 'create-campaign',
    summary: 'Create a campaign',
    extension: true,
    tenant: 'body',
    body: t.Object({ locationId: t.String(), name, status: t.Default(status, 'draft') }),
    status: 201,
    reply: One,
  }),
  get: GET('/:campaignId', { id: 'get-campaign', summary: 'One campaign', extension: true, reply: One }),
  update: PUT('/:campaignId', {
    id: 'update-campaign',
    summary: 'Rename a campaign, or publish it',
    extension: true,
    body: t.Object({ name: t.Optional(name), status: t.Optional(status) }),
    tolerates: { locationId: 'programs send the sub-account along with every write; the record says whose it is' },
    reply: One,
  }),
  remove: DELETE('/:campaignId', {
    id: 'delete-campaign',
    summary: 'Delete a campaign and everybody’s place in it',
    extension: true,
    reply: t.Object(succeeded),
  }),
})
