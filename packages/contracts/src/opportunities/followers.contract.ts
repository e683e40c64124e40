import { DELETE, POST, t } from '@groundlevel/contract-kit'
import { opportunities } from './module.js'

const ids = t.Array(t.String({ maxLength: 50 }), { maxItems: 1000 })
const list = t.Array(t.String())

export const followers = opportunities.resource(
  'followers',
  '/opportunities/:id/followers',
  {
    add: POST('', {
      id: 'add-followers-opportunity',
      summary: 'Let users follow an opportunity',
      body: t.Object({ followers: ids }),
      status: 201,
      reply: t.Object({ followers: list, followersAdded: list }),
      emits: ['OpportunityUpdate'],
    }),
    remove: DELETE('', {
      id: 'remove-followers-opportunity',
      summary: 'Let users follow an opportunity no longer, some of them or all',
      query: t.Object({ isRemoveAllFollowers: t.Optional(t.Boolean()) }),
      body: t.Object({ followers: t.Optional(ids) }),
      reply: t.Object({ followers: list, followersRemoved: list }),
      emits: ['OpportunityUpdate'],
    }),
  },
  { reaches: 'narrowed' },
)
