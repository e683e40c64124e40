import { badRequest, found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { lostReasonsOf } from './lost-reasons.sql.js'

type Reasons = ReturnType<typeof lostReasonsOf>

const demandFreeName = async (reasons: Reasons, name: string, own?: string) => {
  await reasons.hold()
  const id = await reasons.named(name)
  if (id !== undefined && id !== own) throw badRequest(`A lost reason with the name ${JSON.stringify(name)} already exists.`)
}

export const lostReasonHandlers = () =>
  implement(api.opportunities.lostReasons, ({ db, locationId }) => ({ reasons: lostReasonsOf(db, locationId) }), {
    list: ({ query }, { reasons }) => reasons.list(query),

    create: async ({ body: { name } }, { reasons, newId, now }) => {
      await demandFreeName(reasons, name)
      return { lostReason: found(await reasons.add(newId(), name, now), 'Lost reason') }
    },

    update: async ({ lostReasonId, body: { name } }, { reasons, now }) => {
      await demandFreeName(reasons, name, lostReasonId)
      return { lostReason: found(await reasons.change(lostReasonId, { name }, now), 'Lost reason') }
    },

    remove: async ({ lostReasonId }, { reasons, now }) => {
      found(await reasons.change(lostReasonId, { deleted: true }, now), 'Lost reason')
      return { succeded: true, succeeded: true }
    },
  })
