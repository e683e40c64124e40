import { found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { type Implementation, implement } from '../../http/implement.js'
import { foundContact, holdContacts } from '../contacts/index.js'
import { clickCounts, clicksOf } from './clicks.sql.js'
import { toLink } from './links.rules.js'
import { linksOf } from './links.sql.js'

/** Trigger links, and the clicks on them. */
export const linksModule = (): readonly Implementation[] => [
  ...implement(api.links.link, ({ db, locationId }) => ({ links: linksOf(db, locationId) }), {
    list: async (_, { links }) => ({ links: (await links.list()).items }),

    create: async ({ body }, { links, newId, now }) => {
      const link = found(await links.add({ ...toLink(body), id: newId(), dateAdded: now }), 'Link')
      return { link }
    },

    search: async ({ query: { query, limit, skip } }, { links }) => ({ links: (await links.search(query, limit, skip)).items }),

    get: async ({ linkId }, { links }) => ({ link: found(await links.find(linkId), 'Link') }),

    update: async ({ linkId, body }, { links, now }) => ({
      link: found(await links.change(linkId, toLink(body), now), 'Link'),
    }),

    remove: async ({ linkId }, { links }) => {
      found(await links.remove(linkId), 'Link')
      return { succeded: true, succeeded: true }
    },

    clicks: async ({ linkId, query: { limit, skip } }, { db, locationId, links, principal: { onlyAssignedTo } }) => {
      found(await links.find(linkId), 'Link')
      const clicks = clicksOf(db, locationId, { linkId }, onlyAssignedTo)
      const { items, total } = await clicks.list(limit, skip)
      return { clicks: items, total, contacts: await clicks.contacts() }
    },
  }),

  ...implement(api.links.clickCounts, () => ({}), {
    list: async (_, { db, locationId }) => ({
      counts: (await clickCounts(db, locationId)).map(({ linkId, clicks }) => ({ linkId, clicks: Number(clicks) })),
    }),
  }),

  ...implement(api.links.clicksOfContact, () => ({}), {
    list: async ({ contactId, query: { limit, skip } }, { db, locationId }) => {
      foundContact((await holdContacts(db, locationId, [contactId]))[0], contactId)
      const { items, total } = await clicksOf(db, locationId, { contactId }).list(limit, skip)
      return { clicks: items, total }
    },
  }),
]
