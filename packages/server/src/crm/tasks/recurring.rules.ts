import { unprocessable } from '@groundlevel/contract-kit'
import type { Recurrence } from './recurrence.rules.js'
import { toInstant } from './tasks.rules.js'

export interface RruleInput {
  readonly intervalType: Recurrence['intervalType']
  readonly interval: number
  readonly startDate: string
  readonly endDate?: string | null
  readonly dayOfMonth?: number | null
  readonly dayOfWeek?: Exclude<Recurrence['dayOfWeek'], undefined> | null
  readonly monthOfYear?: number | null
  readonly count?: number | null
  readonly createTaskIfOverDue?: boolean | null
  readonly dueAfterSeconds: number
}

/** Options as they are kept and sent back: dates in one form, nothing that is empty. */
export type StoredRrule = { readonly [K in keyof RruleInput]: NonNullable<RruleInput[K]> }

const wholeSeconds = (at: Date) => new Date(Math.floor(at.getTime() / 1000) * 1000)

/** @throws WireError 422 that names the field */
export const toStoredRrule = (sent: RruleInput): StoredRrule => {
  const startDate = wholeSeconds(toInstant(sent.startDate, 'rruleOptions.startDate'))
  const endDate = sent.endDate ? wholeSeconds(toInstant(sent.endDate, 'rruleOptions.endDate')) : undefined
  if (endDate && endDate < startDate) throw unprocessable(['rruleOptions.endDate must not be before rruleOptions.startDate'])
  const kept = { ...sent, startDate: startDate.toISOString(), endDate: endDate?.toISOString() }
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined && value !== null)) as StoredRrule
}

export const recurrenceOf = ({ startDate, endDate, ...rest }: StoredRrule): Recurrence => ({
  ...rest,
  startDate: new Date(startDate),
  endDate: endDate ? new Date(endDate) : undefined,
})

/** A task to make: for whom, by whom, until when. */
export interface PlannedTask {
  readonly contactId: string | null
  readonly assignedTo: string | null
  readonly dueDate: Date
}

/** One task for each contact and each owner; a series without either makes one. */
export const plannedTasks = (
  { contactIds, owners, dueAfterSeconds }: { contactIds: readonly string[]; owners: readonly string[]; dueAfterSeconds: number },
  occurrence: Date,
): PlannedTask[] => {
  const dueDate = new Date(occurrence.getTime() + dueAfterSeconds * 1000)
  const contacts = contactIds.length > 0 ? contactIds : [null]
  const users = owners.length > 0 ? owners : [null]
  return contacts.flatMap((contactId) => users.map((assignedTo) => ({ contactId, assignedTo, dueDate })))
}

const dayMs = 86_400_000

/** Where a new series begins: with its start, unless that is more than a day ago. What has passed is not made up for. */
export const beginOf = (startDate: Date, now: Date): Date => (now.getTime() - startDate.getTime() < dayMs ? startDate : now)
