import { jsonText, WireError } from '@groundlevel/contract-kit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../../database/wire.js'
import { newId } from '../../ids.js'
import type { Services } from '../../services.js'
import { storableText } from '../../storable-text.js'
import { contactFieldOf } from '../contacts/index.js'
import { isObject } from './checks.rules.js'
import { enrolInto } from './enrolling.js'
import type { StepWork, WorkflowPorts } from './ports.js'
import { suppliedTrigger } from './supplied.rules.js'
import { type PublishedTrigger, triggerByToken } from './workflows.sql.js'

export interface HookLimits {
  count(name: string): { readonly allowed: boolean; readonly retryAfterSeconds: number }
}

interface HookParts extends Pick<Services, 'db' | 'clock'> {
  readonly ports: WorkflowPorts
  wake(): void
}

const tokenForm = /^[\w-]{32}$/

const answer = (reply: FastifyReply, status: number, body: object) =>
  reply.code(status).header('cache-control', 'no-store').send(body)
const refuse = (reply: FastifyReply, statusCode: number, message: string) => answer(reply, statusCode, { statusCode, message })

type Sent = Readonly<Record<string, unknown>>

/** Fields of a contact among what was sent, by any of their names. */
const contactIn = (sent: Sent): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...sent, ...(isObject(sent.contact) ? sent.contact : {}) }).flatMap(([name, value]) => {
      const field = contactFieldOf(name)
      return field && field !== 'assignedTo' && (typeof value === 'string' || typeof value === 'number')
        ? [[field, String(value)]]
        : []
    }),
  )

const idIn = (sent: Sent): string | undefined => {
  const { extras } = sent as { extras?: { contactId?: unknown } }
  const id = sent.contactId ?? sent.contact_id ?? extras?.contactId
  return typeof id === 'string' ? id : undefined
}

const workFor = (db: Db, { ports }: HookParts, trigger: PublishedTrigger, companyId: string, now: Date): StepWork => ({
  db,
  locationId: trigger.locationId,
  now,
  author: { source: 'WORKFLOW', channel: 'INBOUND_WEBHOOK', sourceId: trigger.workflowId, timestamp: now },
  newId: () => newId(now),
  emit: async (type, record) => {
    const event = { type, companyId, locationId: trigger.locationId, traceId: null, now, depth: 0 }
    await ports.addEvents(db, event, [jsonText(record)])
  },
})

/** Whom it is about: named by id, or found or made by what was sent of them. */
const personOf = async (work: StepWork, { ports }: HookParts, sent: Sent): Promise<string | undefined> => {
  const id = idIn(sent)
  if (id !== undefined) return (await ports.holdContacts(work.db, work.locationId, [id]))[0]
  const fields = contactIn(sent)
  if (!fields.email && !fields.phone) return undefined
  return (await ports.contacts.upsert(work, fields)).contact.value.id
}

const receive = async (parts: HookParts, trigger: PublishedTrigger, sent: Sent): Promise<string | undefined> => {
  const { db, clock, ports } = parts
  const place = await ports.location(trigger.locationId)
  if (!place) return undefined
  const now = clock.now()
  return db.transaction().execute(async (transaction) => {
    const contactId = await personOf(workFor(transaction, parts, trigger, place.companyId, now), parts, sent)
    if (contactId !== undefined) await enrolInto(transaction, ports, trigger, contactId, sent, now)
    return contactId
  })
}

/** The published trigger of an address. One of an app that the sub-account has no longer is gone with it: so is what the app was told. */
const triggerAt = async ({ db, ports }: HookParts, token: string): Promise<PublishedTrigger | undefined> => {
  const found = tokenForm.test(token) ? await triggerByToken(db, token) : undefined
  if (found?.trigger.appId === undefined) return found
  return suppliedTrigger(await ports.supplied(db, found.locationId), found.trigger) && found
}

const nobody = 'Say whom it is about: send contactId, or email or phone of a contact.'

/** `POST /_ground/workflows/hooks/{token}`: begins a workflow from outside. Whoever knows the address may. */
export const workflowHooks =
  (parts: HookParts) =>
  (limits: HookLimits) =>
  async (app: FastifyInstance): Promise<void> => {
    app.post('/_ground/workflows/hooks/:token', { bodyLimit: 262_144 }, async (request: FastifyRequest, reply) => {
      const { token } = request.params as { token: string }
      const { allowed, retryAfterSeconds } = limits.count(`workflow hook ${token}`)
      if (!allowed) return refuse(reply.header('retry-after', retryAfterSeconds), 429, 'Too Many Requests')
      const trigger = await triggerAt(parts, token)
      if (!trigger) return refuse(reply, 404, 'There is no published workflow at this address.')
      const sent = clean(request.body)
      if (!isObject(sent)) return refuse(reply, 400, 'The body must be a JSON object.')
      try {
        const contactId = await receive(parts, trigger, sent)
        if (contactId === undefined) return refuse(reply, 400, nobody)
        parts.ports.wake()
        parts.wake()
        return answer(reply, 200, { status: 'success', contactId })
      } catch (error) {
        if (!(error instanceof WireError) || error.status >= 500) throw error
        return answer(reply, error.status, error.body)
      }
    })
  }

/** Without what the database cannot store. */
const clean = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return storableText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > 30) return null
  if (Array.isArray(value)) return value.map((each) => clean(each, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [clean(name) as string, clean(each, depth + 1)]))
}
