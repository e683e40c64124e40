import { DELETE, GET, limitSkip, limitSkipQuery, POST, PUT, t } from '@groundlevel/contract-kit'
import { succeeded } from '../contacts/contact.shapes.js'
import { opportunities } from './module.js'

export const LostReason = t.Object({
  id: t.String(),
  name: t.String(),
  locationId: t.String(),
  deleted: t.Boolean(),
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
})

const name = t.String({ minLength: 1, maxLength: 200 })
const One = t.Object({ lostReason: LostReason })

export const lostReasons = opportunities.resource(
  'lostReasons',
  '/opportunities/lost-reason',
  {
    list: GET('', {
      id: 'get-lost-reason',
      summary: 'Reasons for which opportunities of a sub-account were lost',
      tenant: 'query',
      query: t.Object({
        locationId: t.String(),
        name: t.Optional(t.String({ maxLength: 200 })),
        deleted: t.Default(t.Boolean(), false),
        query: t.Optional(t.String({ maxLength: 75 })),
        ...limitSkipQuery(100),
        getCount: t.Optional(t.Boolean()),
      }),
      reply: t.Object({ lostReasons: t.Array(LostReason), total: t.Integer() }),
      page: limitSkip('lostReasons', 100),
    }),
    create: POST('', {
      id: 'create-lost-reason',
      summary: 'Add a reason for losing opportunities',
      tenant: 'body',
      extension: true,
      body: t.Object({ locationId: t.String(), name }),
      status: 201,
      reply: One,
    }),
    update: PUT('/:lostReasonId', {
      id: 'update-lost-reason',
      summary: 'Rename a reason',
      extension: true,
      body: t.Object({ name }),
      reply: One,
    }),
    remove: DELETE('/:lostReasonId', {
      id: 'delete-lost-reason',
      summary: 'Offer a reason no longer; opportunities that were lost for it keep it',
      extension: true,
      reply: t.Object(succeeded),
    }),
  },
  { reaches: 'none' },
)
