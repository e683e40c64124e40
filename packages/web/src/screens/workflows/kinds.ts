import { actionKinds } from './action-kinds.js'
import type { Kind, Offer } from './fields.js'
import { nothingSupplied, suppliedKind, suppliedKinds } from './supplied.js'
import { type Filters, triggerKinds } from './trigger-kinds.js'
import type { Part, Supplied } from './words.js'

/** Events that can reach a goal: those that happen to somebody who is in the workflow already. */
export const goalEvents = Object.entries(triggerKinds).filter(
  ([type]) => !['contact_created', 'webhook', 'schedule', 'date', 'app'].includes(type),
)

/** What filters of an event can ask. */
export const filtersOf = (type: unknown): Filters | undefined =>
  kindOf({ type }, true)?.fields.find((field): field is Filters => field.as === 'filters')

const ownKind = ({ type }: Part, isTrigger: boolean): Kind | undefined => {
  const kinds = isTrigger ? triggerKinds : actionKinds
  return Object.hasOwn(kinds, String(type)) ? kinds[String(type)] : undefined
}

/** The kind of a part, one that an app supplies included; undefined for one that this portal does not know yet. */
export const kindOf = (part: Part, isTrigger: boolean, supplied: Supplied = nothingSupplied): Kind | undefined =>
  suppliedKind(part, isTrigger, supplied) ?? ownKind(part, isTrigger)

/** What can be added, by heading: first what there always is. */
export const offered = (isTrigger: boolean, supplied: Supplied): readonly Offer[] => {
  const own = Object.entries(isTrigger ? triggerKinds : actionKinds).filter(([, kind]) => kind.offered !== false)
  const groups = [...new Set(own.map(([, { group }]) => group))]
  const ofGroup = (group: string): Offer => ({
    group,
    kinds: own
      .filter(([, kind]) => kind.group === group)
      .map(([type, kind]) => ({ id: type, kind, part: { ...kind.fresh, type } })),
  })
  return [...groups.map(ofGroup), ...suppliedKinds(isTrigger, supplied)]
}
