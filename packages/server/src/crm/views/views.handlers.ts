import { badRequest, found, missing, unprocessable } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { type Context, implement } from '../../http/implement.js'
import { seatIn } from '../../http/seats.rules.js'
import { mostViews, viewsOf } from './views.sql.js'

/** What this room asks of the one that owns sub-accounts. */
export interface ViewParts {
  /** Must not wait for the pool that changes run on. */
  location(id: string): Promise<{ readonly companyId: string } | undefined>
}

const taken = (name: string) => unprocessable([`name is already taken by another of your views: ${name}`])
const unique = (error: unknown) => (error as { code?: unknown }).code === '23505'

export const viewHandlers = ({ location }: ViewParts) => {
  /** The person's views in a sub-account that they may enter; one of somebody else looks like none. */
  const viewsAt = async ({ db, person }: Pick<Context, 'db' | 'person'>, locationId: string) => {
    const companyId = (await location(locationId))?.companyId
    const seat = companyId && seatIn(person, { kind: 'location', id: locationId }, companyId)
    if (!seat) throw missing('Sub-account')
    return viewsOf(db, { accountId: person.accountId, locationId })
  }

  return implement(api.views.saved, () => ({}), {
    list: async ({ query: { locationId, kind } }, context) => {
      const views = await viewsAt(context, locationId)
      return { views: (await views.list(kind)).items }
    },

    create: async ({ body: { locationId, kind, name, definition } }, context) => {
      const views = await viewsAt(context, locationId)
      if ((await views.count(kind)) >= mostViews)
        throw badRequest(`You keep ${mostViews} views of this list: forget one of them first.`)
      const view = await views.add({ id: context.newId(), kind, name: name.trim(), definition, now: context.now })
      if (!view) throw taken(name)
      return { view }
    },

    update: async ({ viewId, query: { locationId }, body: { name, definition } }, context) => {
      const views = await viewsAt(context, locationId)
      const { kind } = found(await views.lock(viewId), 'View')
      if (name !== undefined && (await views.nameTaken(kind, name.trim(), viewId))) throw taken(name)
      try {
        return { view: found(await views.change(viewId, { name: name?.trim(), definition }, context.now), 'View') }
      } catch (error) {
        throw unique(error) ? taken(String(name)) : error
      }
    },

    remove: async ({ viewId, query: { locationId } }, context) => {
      const views = await viewsAt(context, locationId)
      if (!(await views.remove(viewId))) throw missing('View')
      return { succeeded: true }
    },
  })
}
