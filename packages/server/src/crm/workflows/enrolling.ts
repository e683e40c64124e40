import type { Db } from '../../database/wire.js'
import { newUuid } from '../../ids.js'
import { addEnrolments, circle, enrolmentsOf, type GoalMark, markGoals, mostDepth, type NewEnrolment } from './enrolments.sql.js'
import { beginsSomething, type Happened, type Occurrence, occurrencesOf, passes } from './facts.rules.js'
import { isWatch } from './goals.rules.js'
import type { WorkflowPorts } from './ports.js'
import { type PublishedTrigger, triggersFor } from './workflows.sql.js'

const enrolmentOf = (occurrence: Occurrence, { workflowId, settings }: PublishedTrigger, now: Date): NewEnrolment => {
  const { locationId, contactId, depth, kept } = occurrence
  const refused = depth > mostDepth
  return {
    locationId,
    id: newUuid(),
    workflowId,
    contactId,
    status: refused ? 'refused' : 'active',
    depth: Math.min(depth, 100),
    trigger: kept,
    reason: refused ? circle : null,
    startedAt: now,
    once: settings.reentry === 'never',
  }
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]

/** Those of the rows whose contacts are there; the contacts stay while the transaction runs. */
const withContacts = async (db: Db, ports: Pick<WorkflowPorts, 'holdContacts'>, rows: readonly NewEnrolment[]) => {
  const there = new Set<string>()
  for (const locationId of unique(rows.map((row) => row.locationId)).sort()) {
    const ids = rows.filter((row) => row.locationId === locationId).map(({ contactId }) => contactId)
    for (const id of await ports.holdContacts(db, locationId, unique(ids))) there.add(`${locationId} ${id}`)
  }
  return rows.filter(({ locationId, contactId }) => there.has(`${locationId} ${contactId}`))
}

type Heard = Awaited<ReturnType<typeof triggersFor>>[number]

const heard = (occurrence: Occurrence, triggers: readonly Heard[]) =>
  triggers
    .filter(({ locationId, type }) => locationId === occurrence.locationId && type === occurrence.type)
    .filter(({ trigger }) => passes(trigger, occurrence))

const rowsFor = (occurrences: readonly Occurrence[], triggers: readonly Heard[], now: Date): NewEnrolment[] =>
  occurrences.flatMap((occurrence) =>
    heard(occurrence, triggers).flatMap(({ trigger, ...rest }) =>
      isWatch(trigger) ? [] : [enrolmentOf(occurrence, { ...rest, trigger }, now)],
    ),
  )

const marksFor = (occurrences: readonly Occurrence[], triggers: readonly Heard[]): GoalMark[] =>
  occurrences.flatMap((occurrence) =>
    heard(occurrence, triggers).flatMap(({ trigger, locationId, workflowId }) => {
      if (!isWatch(trigger)) return []
      const goal = trigger.type === 'condition' ? '' : trigger.goal
      return [{ locationId, workflowId, contactId: occurrence.contactId, goal, from: trigger.from }]
    }),
  )

/** Goals come first: what puts somebody in does not reach a goal of the same workflow. @returns how many came in or are called to a goal */
const react = async (
  db: Db,
  ports: Pick<WorkflowPorts, 'holdContacts'>,
  occurrences: readonly Occurrence[],
  triggers: readonly Heard[],
  now: Date,
): Promise<number> => {
  const called = await markGoals(db, marksFor(occurrences, triggers), now)
  return called + (await addEnrolments(db, await withContacts(db, ports, rowsFor(occurrences, triggers, now)))).length
}

/** What workflows make of what happened to contacts. @returns how many go on by it */
export const enrolFor = async (
  db: Db,
  ports: Pick<WorkflowPorts, 'holdContacts'>,
  occurrences: readonly Occurrence[],
  now: Date,
): Promise<number> => {
  if (occurrences.length === 0) return 0
  const locationIds = unique(occurrences.map(({ locationId }) => locationId))
  const triggers = await triggersFor(db, locationIds, unique(occurrences.map(({ type }) => type)))
  return react(db, ports, occurrences, triggers, now)
}

/** Puts one contact into the workflow of a trigger that a program has called, where its filters let it. */
export const enrolInto = async (
  db: Db,
  ports: Pick<WorkflowPorts, 'holdContacts'>,
  trigger: PublishedTrigger,
  contactId: string,
  facts: Readonly<Record<string, unknown>>,
  now: Date,
): Promise<number> => {
  const { locationId, trigger: asked } = trigger
  if (!passes(asked, { facts })) return 0
  const occurrence = { locationId, contactId, type: asked.type, facts, kept: { ...facts, type: asked.type }, depth: 0 }
  return (await addEnrolments(db, await withContacts(db, ports, [enrolmentOf(occurrence, trigger, now)]))).length
}

/** Events that somebody waits for; the others are not even parsed. */
const awaitedOf = async (db: Db, events: readonly Happened[]) => {
  const about = events.filter(({ type, locationId }) => locationId !== null && beginsSomething(type).length > 0)
  if (about.length === 0) return { occurrences: [], triggers: [] }
  const locationIds = unique(about.map(({ locationId }) => locationId ?? ''))
  const triggers = await triggersFor(db, locationIds, unique(about.flatMap(({ type }) => beginsSomething(type))))
  const wanted = new Set(triggers.map(({ locationId, type }) => `${locationId} ${type}`))
  const isWanted = ({ type, locationId }: Happened) =>
    beginsSomething(type).some((trigger) => trigger === 'message_received' || wanted.has(`${locationId} ${trigger}`))
  return { occurrences: about.filter(isWanted).flatMap(occurrencesOf), triggers }
}

/** Answers of contacts: who waits for one goes on, who is to stop at one leaves. */
const hearAnswers = async (db: Db, occurrences: readonly Occurrence[], now: Date) => {
  const answers = occurrences.filter(({ type }) => type === 'message_received')
  for (const locationId of unique(answers.map((each) => each.locationId))) {
    const ids = unique(answers.filter((each) => each.locationId === locationId).map(({ contactId }) => contactId))
    const enrolments = enrolmentsOf(db, locationId)
    await enrolments.stopOnReply(ids, now)
    await enrolments.resumeOnReply(ids, now)
  }
}

/** What workflows make of events of the outbox, in the transaction that fans them out. */
export const createListener = (db: Db, ports: Pick<WorkflowPorts, 'holdContacts'>, wake: () => void) => {
  let came = false
  return {
    hear: async (transaction: Db, events: readonly Happened[], now: Date) => {
      const { occurrences, triggers } = await awaitedOf(transaction, events)
      if (occurrences.length === 0) return
      await hearAnswers(transaction, occurrences, now)
      await react(transaction, ports, occurrences, triggers, now)
      came = true
    },
    awaits: async (type: string, { locationId }: { readonly locationId: string | null }) => {
      const triggers = beginsSomething(type)
      return locationId !== null && triggers.length > 0 && (await triggersFor(db, [locationId], triggers)).length > 0
    },
    committed: () => {
      if (came) wake()
      came = false
    },
  }
}
