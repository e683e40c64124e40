import { unprocessable } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { authorOf } from '../../http/author.js'
import { type Context, implement } from '../../http/implement.js'
import { addFollowers, contactName, removeFollowers } from '../contacts/index.js'
import type { OpportunityEvent, OpportunityInput } from './opportunities.rules.js'
import { opportunitiesOf } from './opportunities.sql.js'
import type { OpportunityPorts } from './ports.js'
import {
  changeOpportunity,
  createOpportunity,
  foundOpportunity,
  type OpportunityWork,
  removeOpportunity,
  type Written,
} from './writing.js'

const done = { success: true, succeded: true, succeeded: true }

const workOf = ({ db, locationId, now, newId, principal }: Context): OpportunityWork => ({
  ...{ db, locationId, now, newId },
  author: authorOf(principal, now),
  onlyAssignedTo: principal.onlyAssignedTo,
})

const tell = async <E extends OpportunityEvent>(
  { events, told }: Written,
  emit: (type: E, record: object) => Promise<void>,
): Promise<void> => {
  for (const event of events) await emit(event as E, told)
}

interface FollowerWish {
  readonly followers?: readonly string[]
  readonly isRemoveAllFollowers?: boolean
  readonly followersActionType?: 'add' | 'remove'
}

/** What followers become; undefined where nothing was said of them. */
const followersAfter = (before: readonly string[], wish: FollowerWish): readonly string[] | undefined => {
  if (wish.isRemoveAllFollowers) return wish.followersActionType === 'add' ? (wish.followers ?? []) : []
  if (!wish.followers?.length) return undefined
  return wish.followersActionType === 'remove'
    ? removeFollowers(before, wish.followers).followers
    : addFollowers(before, wish.followers).followers
}

export const opportunityHandlers = (ports: OpportunityPorts) => {
  const upsert = async (
    work: OpportunityWork,
    { id, contactId, ...input }: OpportunityInput & FollowerWish & { id?: string; contactId?: string; pipelineId: string },
  ): Promise<Written & { readonly isNew: boolean }> => {
    const opportunities = opportunitiesOf(work.db, work.locationId, work.onlyAssignedTo)
    if (!id && !contactId) throw unprocessable(['either id or contactId should not be empty'])
    const { followers: _, isRemoveAllFollowers: _all, followersActionType: _type, ...fields } = input
    if (!id && contactId) await opportunities.hold(contactId, input.pipelineId)
    const known = id ?? (await opportunities.ofContact(contactId ?? '', input.pipelineId))?.id
    if (known === undefined) {
      const followers = followersAfter([], input) ?? []
      const name = input.name ?? (await contactName(work.db, work.locationId, contactId ?? '')) ?? 'Opportunity'
      const created = await createOpportunity(ports, work, { ...fields, contactId: contactId ?? '', name, followers })
      return { ...created, isNew: true }
    }
    const before = foundOpportunity(await opportunities.lock(known))
    const followers = followersAfter(before.followers, input)
    const changed = await changeOpportunity(ports, work, known, { ...fields, ...(followers ? { followers } : {}) })
    return { ...changed, isNew: false }
  }

  return [
    ...implement(api.opportunities.opportunity, (context) => ({ work: workOf(context) }), {
      create: async ({ body }, { work, emit }) => {
        const created = await createOpportunity(ports, work, body)
        await tell(created, emit)
        return { opportunity: created.opportunity }
      },

      upsert: async ({ body: { locationId: _, ...input } }, { work, emit }) => {
        const written = await upsert(work, input)
        await tell(written, emit)
        return { opportunity: written.opportunity, new: written.isNew }
      },

      get: async ({ id }, { db, locationId, principal }) => ({
        opportunity: foundOpportunity(await opportunitiesOf(db, locationId, principal.onlyAssignedTo).find(id)),
      }),

      update: async ({ id, body }, { work, emit }) => {
        const changed = await changeOpportunity(ports, work, id, body)
        await tell(changed, emit)
        return { opportunity: changed.opportunity }
      },

      remove: async ({ id }, { work, emit }) => {
        await tell(await removeOpportunity(work, id), emit)
        return done
      },

      status: async ({ id, body }, { work, emit }) => {
        await tell(await changeOpportunity(ports, work, id, body), emit)
        return done
      },
    }),

    ...implement(api.opportunities.followers, (context) => ({ work: workOf(context) }), {
      add: async ({ id, body }, { work, emit }) => {
        const before = foundOpportunity(await opportunitiesOf(work.db, work.locationId, work.onlyAssignedTo).lock(id))
        const { followers, followersAdded } = addFollowers(before.followers, body.followers)
        if (followersAdded.length > 0) await tell(await changeOpportunity(ports, work, id, { followers }), emit)
        return { followers, followersAdded }
      },

      remove: async ({ id, query, body }, { work, emit }) => {
        const before = foundOpportunity(await opportunitiesOf(work.db, work.locationId, work.onlyAssignedTo).lock(id))
        const wished = query.isRemoveAllFollowers ? before.followers : (body.followers ?? [])
        const { followers, followersRemoved } = removeFollowers(before.followers, wished)
        if (followersRemoved.length > 0) await tell(await changeOpportunity(ports, work, id, { followers }), emit)
        return { followers, followersRemoved }
      },
    }),
  ]
}
