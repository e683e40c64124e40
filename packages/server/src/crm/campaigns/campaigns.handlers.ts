import { found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { type Implementation, implement } from '../../http/implement.js'
import { named } from './campaigns.rules.js'
import { campaignsOf } from './campaigns.sql.js'

/** Campaigns that contacts are put into. */
export const campaignsModule = (): readonly Implementation[] =>
  implement(api.campaigns.campaign, ({ db, locationId }) => ({ campaigns: campaignsOf(db, locationId) }), {
    list: async ({ query }, { campaigns }) => ({ campaigns: (await campaigns.list(query.status)).items }),

    create: async ({ body }, { campaigns, newId, now }) => {
      const row = { id: newId(), name: named(body.name), status: body.status, dateAdded: now }
      return { campaign: found(await campaigns.add(row), 'Campaign') }
    },

    get: async ({ campaignId }, { campaigns }) => ({ campaign: found(await campaigns.find(campaignId), 'Campaign') }),

    update: async ({ campaignId, body: { name, status } }, { campaigns, now }) => {
      const change = { ...(name === undefined ? {} : { name: named(name) }), ...(status === undefined ? {} : { status }) }
      return { campaign: found(await campaigns.change(campaignId, change, now), 'Campaign') }
    },

    remove: async ({ campaignId }, { campaigns }) => {
      found(await campaigns.removeCampaign(campaignId), 'Campaign')
      return { succeded: true, succeeded: true }
    },
  })
