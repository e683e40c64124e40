import { badRequest, found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { contactRecord, foundContact } from '../contacts/index.js'
import { oneOnOne, type Preference, preferencesOf } from './preferences.sql.js'
import { subtypesOf } from './subtypes.sql.js'

/** Kinds of e-mails of a sub-account. */
export const subtypeHandlers = () =>
  implement(api.conversations.subtypes, ({ db, locationId }) => ({ subtypes: subtypesOf(db, locationId) }), {
    list: async (_, { subtypes }) => ({ customSubtypes: await subtypes.list() }),
    create: async ({ body }, { subtypes, newId, now }) => {
      if (await subtypes.isFull()) throw badRequest('A sub-account has 100 custom subtypes at most.')
      return { customSubtype: found(await subtypes.add({ ...body, id: newId() }, now), 'Custom subtype') }
    },
    update: async ({ id, body: { resubscription_legal_form_id, ...change } }, { subtypes, now }) => {
      const form = resubscription_legal_form_id === undefined ? {} : { resubscriptionLegalFormId: resubscription_legal_form_id }
      return { customSubtype: found(await subtypes.change(id, { ...change, ...form }, now), 'Custom subtype') }
    },
  })

interface Person {
  readonly email?: string
  readonly additionalEmails?: readonly unknown[]
}

const addressesOf = ({ email, additionalEmails = [] }: Person): string[] =>
  [email, ...additionalEmails.map((each) => (typeof each === 'string' ? each : (each as { email?: string } | null)?.email))]
    .filter((each) => each !== undefined)
    .map((each) => each.toLowerCase())

interface Kind {
  readonly id: string
  readonly name: string
}

const told = (email: string, { id, name }: Kind, stated: readonly Preference[]) => {
  const one = stated.find((each) => each.email === email && each.subtypeId === id)
  const kind = id === oneOnOne ? ({ type: 'default' } as const) : ({ type: 'custom', subtype_id: id } as const)
  const when = one ? { dateUpdated: one.dateUpdated.toISOString() } : {}
  return { email, ...kind, subtype_name: name, subtype_status: one?.status ?? ('subscribed' as const), ...when }
}

type Asking = Parameters<typeof preferencesOf>

const kindsOf = async (...asking: Asking): Promise<Kind[]> => [
  { id: oneOnOne, name: oneOnOne },
  ...(await subtypesOf(...asking).kinds()),
]

const allOf = async ([db, locationId]: Asking, contactId: string, only: string | undefined) => {
  const person = foundContact((await contactRecord(db, locationId, contactId)) as Person | undefined, contactId)
  const stated = await preferencesOf(db, locationId).of(contactId)
  const addresses = [...new Set([...addressesOf(person), ...stated.map(({ email }) => email)])]
  const kinds = await kindsOf(db, locationId)
  return addresses
    .filter((email) => only === undefined || email === only.toLowerCase())
    .flatMap((email) => kinds.map((kind) => told(email, kind, stated)))
}

/** What contacts have subscribed to. */
export const subscriptionHandlers = () =>
  implement(api.conversations.subscriptions, ({ db, locationId }) => ({ asking: [db, locationId] as Asking }), {
    status: async ({ query: { contactId, email } }, { asking }) => ({
      contactId,
      subscriptions: await allOf(asking, contactId, email),
    }),

    change: async ({ body }, { asking, userId, principal, now }) => {
      const { contactId, subscription_action: action, legal_reason, legal_description } = body
      const [db, locationId] = asking
      const email = body.email.toLowerCase()
      const person = foundContact((await contactRecord(db, locationId, contactId)) as Person | undefined, contactId)
      if (!addressesOf(person).includes(email)) throw badRequest('email must be an e-mail address of the contact.')
      const all = await kindsOf(db, locationId)
      const status = action.type === 'resub_all' ? 'subscribed' : action.subtype_status
      if (status === 'subscribed' && !legal_reason) throw badRequest('legal_reason is required to subscribe somebody again')
      const named = action.type === 'custom' ? (action.subtype_id ?? '') : oneOnOne
      const kinds =
        action.type === 'resub_all'
          ? all
          : [
              found(
                all.find(({ id }) => id === named),
                'Custom subtype',
              ),
            ]
      for (const { id: subtypeId } of kinds) {
        const why = { legalReason: legal_reason ?? null, legalDescription: legal_description ?? null }
        const by = { changedBy: userId ?? principal.appId ?? null, dateUpdated: now }
        await preferencesOf(db, locationId).set({ contactId, email, subtypeId, status, ...why, ...by })
      }
      return { success: true, subscriptions: await allOf(asking, contactId, email) }
    },
  })
