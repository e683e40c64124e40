import { found, missing } from '@groundlevel/contract-kit'
import { products as contract } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { newHexId } from '../../ids.js'
import { taxesOf } from './taxes.sql.js'

const thing = 'Tax'

export const taxHandlers = () =>
  implement(contract.tax, ({ db, locationId }) => ({ taxes: taxesOf(db, locationId) }), {
    list: async (_given, { taxes }) => ({ taxes: await taxes.list() }),
    create: async ({ body: { name, rate, calculation } }, { taxes, now }) =>
      found(await taxes.add(newHexId(), { name, rate, calculation }, now), thing),
    update: async ({ taxId, body: { name, rate, calculation } }, { taxes, now }) =>
      found(await taxes.change(taxId, { name, rate, calculation }, now), thing),
    remove: async ({ taxId }, { taxes }) => {
      if (!(await taxes.remove(taxId))) throw missing(thing)
      return { status: true }
    },
  })
