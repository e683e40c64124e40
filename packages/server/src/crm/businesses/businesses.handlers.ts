import { found, unprocessable } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { authorOf } from '../../http/author.js'
import { type Implementation, implement } from '../../http/implement.js'
import { newHexId } from '../../ids.js'
import { toDetails, toRecord } from './businesses.rules.js'
import { businessesOf } from './businesses.sql.js'

/** What the businesses room asks of others. */
export interface BusinessesServices {
  /** Takes contacts off a business that is going, in its transaction. */
  unlinkContacts(db: Db, locationId: string, businessId: string): Promise<unknown>
}

const named = (name: string) => {
  if (name.trim() === '') throw unprocessable(['name should not be empty'])
  return name.trim()
}

/** Businesses that contacts belong to. */
export const businessesModule = ({ unlinkContacts }: BusinessesServices): readonly Implementation[] =>
  implement(api.businesses.business, ({ db, locationId }) => ({ businesses: businessesOf(db, locationId) }), {
    list: async ({ query: { limit, skip } }, { businesses }) => ({ businesses: (await businesses.list(limit, skip)).items }),

    create: async ({ body }, { businesses, principal, now, emit }) => {
      const row = { ...toDetails(body), name: named(body.name), id: newHexId(), by: authorOf(principal, now) }
      const business = found(await businesses.add(row), 'Business')
      await emit('RecordCreate', toRecord(business.value))
      return { success: true, buiseness: business }
    },

    get: async ({ businessId }, { businesses }) => ({ business: found(await businesses.find(businessId), 'Business') }),

    update: async ({ businessId, body }, { businesses, principal, now, emit }) => {
      const change = { ...toDetails(body), ...(body.name === undefined ? {} : { name: named(body.name) }) }
      const business = found(await businesses.change(businessId, change, authorOf(principal, now)), 'Business')
      await emit('RecordUpdate', toRecord(business.value))
      return { success: true, buiseness: business }
    },

    remove: async ({ businessId }, { db, businesses, locationId, emit }) => {
      const business = found(await businesses.remove(businessId), 'Business')
      await unlinkContacts(db, locationId, businessId)
      await emit('RecordDelete', toRecord(business.value))
      return { success: true }
    },
  })
