import { badRequest, found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { freeKey, snakeName } from '../custom-fields/index.js'
import { customValuesOf, mostValues } from './custom-values.sql.js'

const thing = 'Custom value'

/** Texts of a sub-account that templates name. */
export const customValuesModule = () =>
  implement(api.locations.customValues, ({ db, locationId }) => ({ values: customValuesOf(db, locationId) }), {
    list: async (_given, { values }) => ({ customValues: await values.list() }),

    create: async ({ body: { name, value } }, { values, newId, now }) => {
      await values.hold()
      const taken = await values.keys()
      if (taken.size >= mostValues)
        throw badRequest(`This sub-account has ${mostValues} custom values, which is the most; delete one first.`)
      const key = freeKey(snakeName(name) || 'value', taken)
      return { customValue: found(await values.add({ id: newId(), name, key, value }, now), thing) }
    },

    get: async ({ id }, { values }) => ({ customValue: found(await values.find(id), thing) }),

    update: async ({ id, body }, { values, now }) => ({ customValue: found(await values.change(id, body, now), thing) }),

    remove: async ({ id }, { values }) => {
      found(await values.remove(id), thing)
      return { succeded: true, succeeded: true }
    },
  })
