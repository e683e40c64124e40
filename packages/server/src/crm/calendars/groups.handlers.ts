import { badRequest, found, unprocessable } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { groupsOf } from './groups.sql.js'

type Groups = ReturnType<typeof groupsOf>

const demandFreeSlug = async (groups: Groups, slug: string, own?: string) => {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(slug)) throw unprocessable(['slug must have letters, digits, - and _ only'])
  await groups.holdSlugs()
  const id = await groups.withSlug(slug)
  if (id !== undefined && id !== own) throw badRequest(`The slug ${JSON.stringify(slug)} is already used by another group.`)
}

export const groupHandlers = () =>
  implement(api.calendars.groups, ({ db, locationId }) => ({ groups: groupsOf(db, locationId) }), {
    list: async (_given, { groups }) => ({ groups: await groups.list() }),

    create: async ({ body: { locationId: _, isActive = true, ...fields } }, { groups, newId, now }) => {
      await demandFreeSlug(groups, fields.slug)
      return { group: found(await groups.add({ ...fields, isActive, id: newId() }, now), 'Group') }
    },

    validateSlug: async ({ body: { slug } }, { groups }) => ({ available: (await groups.withSlug(slug)) === undefined }),

    update: async ({ groupId, body }, { groups, now }) => {
      await demandFreeSlug(groups, body.slug, groupId)
      return { group: found(await groups.change(groupId, body, now), 'Group') }
    },

    remove: async ({ groupId }, { groups }) => {
      found((await groups.remove(groupId)) || undefined, 'Group')
      return { success: true }
    },

    status: async ({ groupId, body: { isActive } }, { groups, now }) => {
      found(await groups.change(groupId, { isActive }, now), 'Group')
      return { success: true }
    },
  })
