import { badRequest, found, missing } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { implement } from '../../http/implement.js'
import { calendarsOf } from './calendars.sql.js'
import { resourcesOf } from './resources.sql.js'

const kinds = new Set(['equipments', 'rooms'])

const demandCalendars = async (db: Db, locationId: string, resourceType: string, ids: readonly string[] | undefined) => {
  if (!ids) return
  if (resourceType === 'equipments' && ids.length > 1) throw badRequest('One equipment can only be mapped with one calendar.')
  const known = await calendarsOf(db, locationId).among(ids)
  if (ids.some((id) => !known.has(id))) throw missing('Calendar')
}

export const resourceHandlers = () =>
  implement(
    api.calendars.resources,
    ({ db, locationId }, { resourceType = '' }) => {
      if (!kinds.has(resourceType)) throw badRequest('resourceType must be equipments or rooms.')
      return { resources: resourcesOf(db, locationId, resourceType) }
    },
    {
      list: ({ query }, { resources }) => resources.list(query.limit, query.skip),

      create: async ({ resourceType, body: { locationId: _, ...fields } }, { resources, db, locationId, newId, now }) => {
        await demandCalendars(db, locationId, resourceType, fields.calendarIds)
        return found(await resources.add({ ...fields, id: newId() }, now), 'Resource')
      },

      get: async ({ id }, { resources }) => found(await resources.find(id), 'Resource'),

      update: async ({ id, resourceType, body: { locationId: _, ...fields } }, { resources, db, locationId }) => {
        await demandCalendars(db, locationId, resourceType, fields.calendarIds)
        return found(await resources.change(id, fields), 'Resource')
      },

      remove: async ({ id }, { resources }) => {
        found(await resources.remove(id), 'Resource')
        return { success: true }
      },
    },
  )
