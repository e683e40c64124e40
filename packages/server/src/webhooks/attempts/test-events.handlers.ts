import { badRequest, missing } from '@groundlevel/contract-kit'
import { api, events } from '@groundlevel/contracts'
import { type Implementation, implement } from '../../http/implement.js'
import { planEvent } from '../fanout/fanout.jobs.js'
import { judge } from '../fanout/fanout.rules.js'
import { addDeliveries } from '../fanout/fanout.sql.js'
import { addEvent } from '../outbox/outbox.sql.js'
import type { Subscriber, WebhookPorts } from '../ports.js'
import { sampleLocationId, sampleOf } from './sample.rules.js'

interface TestEventParts extends WebhookPorts {
  wake(): void
}

/** Any case will do: `contactcreate` is `ContactCreate`. */
const typeNamed = (name: string) => {
  const type = Object.keys(events).find((each) => each.toLowerCase() === name.toLowerCase())
  if (type === undefined) throw badRequest(`No event is called ${name}. Events are: ${Object.keys(events).join(', ')}.`)
  return type as keyof typeof events
}

/** Where the test pretends to come from: the asked sub-account, else the newest install, else nowhere. */
const installFor = async (
  ports: WebhookPorts,
  appId: string,
  locationId: string | undefined,
): Promise<Subscriber | undefined> => {
  if (locationId === undefined) {
    const installs = await ports.installsOfApp(appId)
    return installs.find((install) => install.locationId !== null) ?? installs[0]
  }
  const companyId = await ports.companyOf(locationId)
  const installs = companyId === undefined ? [] : await ports.installsFor({ companyId, locationId })
  const install = installs.find((each) => each.appId === appId)
  if (!install) throw badRequest('The app is not installed in that sub-account. Leave locationId out to send sample data.')
  return { ...install, locationId }
}

/** A real contact only where the app may read contacts anyway; a test event must not be a way around consent. */
const recordFor = async (
  ports: WebhookPorts,
  type: keyof typeof events,
  install: Subscriber | undefined,
  now: Date,
): Promise<object> => {
  const { scope, payload } = events[type]
  const sample = sampleOf(payload, now)
  const entitled = install?.state === 'connected' && install.locationId !== null && install.scopes.includes(scope)
  if (!entitled || !type.startsWith('Contact')) return { ...sample, ...(install ? { companyId: install.companyId } : {}) }
  return (await ports.sampleContact(install.locationId as string)) ?? sample
}

export const testEventOperations = (parts: TestEventParts): readonly Implementation[] =>
  implement(api.apps.testEvents, () => ({}), {
    send: async ({ appId, body }, { db, now, person, traceId, afterCommit }) => {
      if (!(await parts.developerOwns(person.accountId, appId))) throw missing('App')
      const type = typeNamed(body.type)
      const verdict = judge({ type, test: true }, undefined, await parts.app(appId), [])
      if ('why' in verdict) throw badRequest(verdict.why)
      const install = await installFor(parts, appId, body.locationId)
      const payloadText = JSON.stringify(await recordFor(parts, type, install, now))
      const target = { type, test: true, appId, companyId: install?.companyId ?? null, traceId }
      const locationId = install ? install.locationId : sampleLocationId
      const eventId = await addEvent(db, { ...target, locationId, payloadText, now }, now)
      const waiting = { ...target, id: eventId, locationId, installId: null, payload: payloadText, depth: 0, dateAdded: now }
      const { deliveries } = await planEvent(waiting, parts, now)
      await addDeliveries(db, deliveries)
      afterCommit(parts.wake)
      return { eventId, deliveryId: deliveries[0]?.id ?? '', url: verdict.url }
    },
  })
