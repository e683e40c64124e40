import { badRequest, found, type Json, missing, unprocessable } from '@groundlevel/contract-kit'
import { payments as contract } from '@groundlevel/contracts'
import { authorOf } from '../../http/author.js'
import { type Context, implement } from '../../http/implement.js'
import { type ContactWork, foundContact } from '../contacts/index.js'
import { addCustomer, customersOf } from './customers.sql.js'
import { usualLimit } from './orders.handlers.js'
import { cardPath } from './pay-key.js'
import type { PaymentPorts } from './ports.js'
import { chargersOf } from './providers.sql.js'

const thing = 'Customer'

type Caller = Pick<Context, 'db' | 'locationId' | 'principal' | 'now' | 'newId'> & {
  emit(type: 'ContactCreate' | 'ContactUpdate' | 'ContactTagUpdate' | 'ContactDndUpdate', record: Json<object>): Promise<void>
}

/** The work that the contacts room does for a call here; none of it writes a note. */
const workOf = (context: Caller): ContactWork => ({
  db: context.db,
  locationId: context.locationId,
  author: authorOf(context.principal, context.now),
  now: context.now,
  newId: context.newId,
  emit: context.emit as ContactWork['emit'],
})

export const customerHandlers = ({ buyers, desk, secret }: PaymentPorts) =>
  implement(contract.customer, ({ db, locationId }) => ({ customers: customersOf(db, locationId) }), {
    list: ({ query: { search, limit, offset } }, { customers, principal: { onlyAssignedTo } }) =>
      customers.list({ search, onlyAssignedTo }, limit || usualLimit, offset),

    create: async ({ body: { altId: _, altType: __, contactId, ...person } }, context) => {
      const { customers, db, locationId, now, emit, principal } = context
      const work = workOf(context)
      const sent = Object.keys(person).length > 0
      if (contactId) await buyers.hold(db, locationId, [contactId])
      if (contactId) foundContact(await buyers.acts.find(work, contactId), contactId)
      if (contactId && sent) await buyers.acts.change(work, contactId, person)
      const id = contactId ?? (await buyers.acts.upsert(work, person)).contact.value.id
      await addCustomer(db, locationId, id, now)
      const typed = await buyers.setType(db, locationId, id, 'customer', authorOf(principal, now))
      if (typed) await emit('ContactUpdate', typed)
      return found(await customers.find(id), thing)
    },

    cardLink: async ({ contactId, query: { liveMode, currency } }, { customers, db, locationId }) => {
      if (!/^[a-z]{3}$/i.test(currency)) throw unprocessable(['currency must be three letters, such as USD'])
      if (!(await customers.exists(contactId))) throw missing(thing)
      const charger = await chargersOf(db, locationId).usual(liveMode)
      if (!charger) throw badRequest(`No payment provider is connected for ${liveMode ? 'live' : 'test'} payments.`)
      const { _id, name, mode } = charger
      const path = cardPath(secret, { locationId, contactId, mode, currency: currency.toUpperCase() })
      return { url: `${desk.publicUrl()}${path}`, provider: { _id, name } }
    },

    get: async ({ contactId }, { customers }) => found(await customers.find(contactId), thing),

    update: async ({ contactId, body: { altId: _, altType: __, ...person } }, context) => {
      const { customers } = context
      if (!(await customers.exists(contactId))) throw missing(thing)
      await buyers.acts.change(workOf(context), contactId, person)
      return found(await customers.find(contactId), thing)
    },

    remove: async ({ contactId }, { customers, db, locationId, principal, now, emit }) => {
      if (!(await customers.remove(contactId))) throw missing(thing)
      const typed = await buyers.setType(db, locationId, contactId, 'lead', authorOf(principal, now))
      if (typed) await emit('ContactUpdate', typed)
      return { success: true }
    },
  })
