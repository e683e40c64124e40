import { isUuid, newUuid } from '../../ids.js'
import type { Action } from './actions.rules.js'
import { again, type Done, done, leaves, skipped } from './done.rules.js'
import type { EffectOnMany, Member } from './effects-on-many.js'
import { addEnrolments, circle, enrolmentsOf, mostDepth } from './enrolments.sql.js'
import { workflowsOf } from './workflows.sql.js'

const forAll = (members: readonly Member[], each: (member: Member) => Done) =>
  new Map(members.map((member) => [member.contact.id, each(member)] as const))

/** Puts contacts into another workflow; who is in it already stays where they are. */
export const addToWorkflow: EffectOnMany = async (action, { work, members, depth, wake }) => {
  const { db, locationId, now } = work
  const workflowId = action.workflowId as string
  const target = isUuid(workflowId) ? await workflowsOf(db, locationId).holdUnlessBusy(workflowId) : 'gone'
  if (target === 'busy') return forAll(members, () => again)
  if (target === 'gone') return forAll(members, () => skipped('there is no such workflow'))
  if (target.status !== 'published') return forAll(members, () => skipped('the workflow is a draft'))
  const isCircle = depth >= mostDepth
  const rows = members.map(({ contact }) => ({
    ...{ locationId, id: newUuid(), workflowId, contactId: contact.id, startedAt: now },
    status: isCircle ? ('refused' as const) : ('active' as const),
    depth: depth + 1,
    trigger: { type: 'workflow' },
    reason: isCircle ? circle : null,
    once: target.settings.reentry === 'never',
  }))
  const came = new Set(await addEnrolments(db, rows))
  if (came.size > 0) wake()
  const who = new Map(rows.map(({ contactId, id }) => [contactId, id]))
  return forAll(members, ({ contact }) => {
    if (!came.has(who.get(contact.id) ?? '')) return skipped('the contact is in it, or was')
    return isCircle ? skipped(circle) : done(`put into workflow ${workflowId}`)
  })
}

const isOwn = ({ from, workflowId }: Action, own: string) => from === 'this' || from === 'all' || workflowId === own

/** Takes contacts out of workflows: of one, of all others, of this one. */
export const removeFromWorkflow: EffectOnMany = async (action, { work, members, workflowId }) => {
  const { db, locationId, now } = work
  const own = isOwn(action, workflowId)
  const asked = { only: action.workflowId as string | undefined, but: workflowId }
  const needsOthers = action.from !== 'this' && asked.only !== workflowId
  const ids = members.map(({ contact }) => contact.id)
  const named = asked.only === undefined || isUuid(asked.only)
  const { left, busy } =
    needsOthers && named
      ? await enrolmentsOf(db, locationId).takeOut(ids, asked, now)
      : { left: new Map<string, number>(), busy: new Set<string>() }
  return forAll(members, ({ contact }) => {
    if (busy.has(contact.id)) return again
    const count = left.get(contact.id) ?? 0
    const words =
      count === 0 ? 'the contact was in none of them' : `taken out of ${count === 1 ? 'a workflow' : `${count} workflows`}`
    if (own) return leaves(count === 0 ? 'leaves this workflow' : `${words}, and leaves this one`)
    return count === 0 ? skipped(words) : done(words)
  })
}
