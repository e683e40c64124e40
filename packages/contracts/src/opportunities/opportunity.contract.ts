import { DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { succeeded } from '../contacts/contact.shapes.js'
import { opportunities } from './module.js'
import { OpportunityCreate, OpportunityReply, OpportunityUpdate, OpportunityUpsert, StatusUpdate } from './opportunity.shapes.js'

const One = t.Object({ opportunity: OpportunityReply })

/** Each change is told as OpportunityUpdate too. */
const changes = [
  'OpportunityUpdate',
  'OpportunityStageUpdate',
  'OpportunityStatusUpdate',
  'OpportunityMonetaryValueUpdate',
  'OpportunityAssignedToUpdate',
] as const

/** The documents say `succeded` (sic), the live service `success`: both, and the right spelling (live facts). */
const Done = t.Object({ success: t.Boolean(), ...succeeded })

export const opportunity = opportunities.resource(
  'opportunity',
  '/opportunities',
  {
    create: POST('/', {
      id: 'create-opportunity',
      summary: 'Create an opportunity of a contact',
      tenant: 'body',
      body: OpportunityCreate,
      tolerates: {
        companyName: 'a widespread connector offers it for a new opportunity; it belongs to the contact',
        tags: 'the same connector; tags are of the contact',
      },
      status: 201,
      reply: One,
      emits: ['OpportunityCreate', 'OpportunityUpdate'],
    }),
    upsert: POST('/upsert', {
      id: 'Upsert-opportunity',
      summary: 'Change the opportunity with this id, or of this contact in this pipeline; create it where there is none',
      tenant: 'body',
      body: OpportunityUpsert,
      reply: t.Object({ opportunity: OpportunityReply, new: t.Boolean() }),
      emits: ['OpportunityCreate', ...changes],
    }),
    get: GET('/:id', { id: 'get-opportunity', summary: 'One opportunity', reply: One }),
    update: PUT('/:id', {
      id: 'update-opportunity',
      summary: 'Change the sent fields of an opportunity',
      body: OpportunityUpdate,
      reply: One,
      emits: changes,
    }),
    remove: DELETE('/:id', {
      id: 'delete-opportunity',
      summary: 'Delete an opportunity',
      reply: Done,
      emits: ['OpportunityDelete', 'OpportunityUpdate'],
    }),
    status: PUT('/:id/status', {
      id: 'update-opportunity-status',
      summary: 'Say that an opportunity is open, won, lost or abandoned',
      body: StatusUpdate,
      reply: Done,
      emits: changes,
    }),
  },
  { reaches: 'narrowed' },
)
