import type { Db } from '../../database/wire.js'
import { newUuid } from '../../ids.js'
import { addCalls } from './calls.sql.js'
import { conditionsIn } from './conditions.rules.js'
import { hookUrl } from './hook-url.js'
import { nothingSupplied, type Supplied, type WorkflowPorts } from './ports.js'
import { suppliedTrigger } from './supplied.rules.js'
import type { Trigger } from './triggers.rules.js'

interface Change {
  readonly locationId: string
  readonly workflowId: string
  /** Triggers that were live, and those that are now. */
  readonly before: readonly Trigger[]
  readonly after: readonly Trigger[]
  readonly now: Date
}

const ofApps = (triggers: readonly Trigger[]) =>
  new Map(
    triggers
      .filter(({ type, subscriptionUrl }) => type === 'app' && typeof subscriptionUrl === 'string')
      .map((trigger) => [trigger.token as string, trigger]),
  )

/** A trigger that an app has defined, with the address that the app gives now. */
const withAddress = (trigger: Trigger, supplied: Supplied): Trigger => {
  const defined = trigger.appId === undefined ? undefined : suppliedTrigger(supplied, trigger)
  if (!defined?.subscriptionUrl) return trigger
  const { subscriptionUrl, headers, version } = defined
  return { ...trigger, subscriptionUrl, headers, version: String(version) }
}

const changesOf = ({ before, after }: Change) => {
  const [was, is] = [ofApps(before), ofApps(after)]
  const kept = [...is].map(([token, trigger]) => ({ trigger, known: was.get(token) }))
  return [
    ...[...was].filter(([token]) => !is.has(token)).map(([, trigger]) => ({ trigger, eventType: 'DELETED' })),
    ...kept.filter(({ known }) => !known).map(({ trigger }) => ({ trigger, eventType: 'CREATED' })),
    ...kept
      .filter(({ known, trigger }) => known && JSON.stringify(known) !== JSON.stringify(trigger))
      .map(({ trigger }) => ({ trigger, eventType: 'UPDATED' })),
  ]
}

/** Tells apps whose triggers a workflow uses where to send what happens: written with the change, sent like any request of workflows. */
export const tellApps = async (
  db: Db,
  ports: Pick<WorkflowPorts, 'location' | 'publicUrl' | 'supplied'>,
  change: Change,
): Promise<void> => {
  const named = [...change.before, ...change.after].some(({ appId }) => appId !== undefined)
  const supplied = named ? await ports.supplied(db, change.locationId) : nothingSupplied
  const addressed = (triggers: readonly Trigger[]) => triggers.map((trigger) => withAddress(trigger, supplied))
  const changes = changesOf({ ...change, before: addressed(change.before), after: addressed(change.after) })
  if (changes.length === 0) return
  const { locationId, workflowId, now } = change
  const companyId = (await ports.location(locationId))?.companyId
  const calls = changes.map(({ trigger, eventType }) => {
    const { key, version = '1', filters, token, subscriptionUrl, headers = {} } = trigger
    const targetUrl = hookUrl(ports.publicUrl(), token as string)
    const body = {
      triggerData: { id: token, key, filters: conditionsIn(filters), eventType, targetUrl },
      meta: { key, version },
      extras: { locationId, workflowId, companyId },
    }
    const request = { url: subscriptionUrl as string, headers: headers as object, body: JSON.stringify(body) }
    return { ...request, id: newUuid(), locationId, enrolmentId: null, actionId: String(key), awaited: false, now }
  })
  await addCalls(db, calls)
}
