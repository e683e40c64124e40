import { randomBytes } from 'node:crypto'
import { badRequest, found, type Static, unprocessable } from '@groundlevel/contract-kit'
import { api, type shapes } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { type Implementation, implement } from '../../http/implement.js'
import { isUuid, newHexId, newUuid } from '../../ids.js'
import { foundContact } from '../contacts/index.js'
import { actionsOf, ownTriggers, type Settings, tokensIn, triggersOf } from './definition.rules.js'
import { addEnrolments, enrolmentsOf } from './enrolments.sql.js'
import { hookUrl } from './hook-url.js'
import type { WorkflowPorts } from './ports.js'
import { goOn, type Said } from './resuming.js'
import { nextTime } from './schedule.rules.js'
import { tellApps } from './subscriptions.js'
import { isTokenOf, tokenOf } from './tokens.rules.js'
import type { Trigger } from './triggers.rules.js'
import { tryOut } from './trying.js'
import { type WorkflowFields, workflowsOf } from './workflows.sql.js'

const done = { succeded: true, succeeded: true }
const thing = 'Workflow'

type Record = Static<typeof shapes.Workflow>

/** A workflow with the addresses of those of its triggers that programs call. */
const withUrls = (workflow: { value: Record } | undefined, publicUrl: string): Record => {
  const { value } = found(workflow, thing)
  const triggers = value.triggers.map((trigger) => {
    if (typeof trigger.token !== 'string') return trigger
    return { ...trigger, [trigger.type === 'app' ? 'targetUrl' : 'url']: hookUrl(publicUrl, trigger.token) }
  })
  return { ...value, triggers }
}

const tokensFor = (workflowId: string) => ({
  isOwn: (token: unknown) => isTokenOf(token, workflowId),
  newToken: () => tokenOf(workflowId, randomBytes(12)),
})
/** Short, for people write them into `go_to`. */
const newActionId = () => newHexId().slice(0, 10)

interface Sent {
  readonly name?: string
  readonly status?: 'draft' | 'published'
  readonly triggers?: readonly object[]
  readonly actions?: readonly object[]
  readonly settings?: Settings
}

/** What a request sets. @throws WireError 422 with everything that is wrong */
const fieldsOf = (
  workflowId: string,
  { name, status, triggers, actions, settings }: Sent,
  before: readonly Trigger[],
): Partial<WorkflowFields> => {
  const { isOwn, newToken } = tokensFor(workflowId)
  const known = tokensIn(before)
  const kept = ownTriggers(before, isOwn, newToken)
  if (name !== undefined && name.trim() === '') throw unprocessable(['name should not be empty'])
  return {
    ...(name === undefined ? {} : { name }),
    ...(status === undefined ? {} : { status }),
    ...(triggers === undefined
      ? kept === before
        ? {}
        : { triggers: kept }
      : { triggers: ownTriggers(triggersOf(triggers, known, newToken), isOwn, newToken) }),
    ...(actions === undefined ? {} : { actions: actionsOf(actions, newActionId) }),
    ...(settings === undefined ? {} : { settings }),
  }
}

/** What begins it is known to events only while it is published. */
const publish = async (
  db: Db,
  ports: WorkflowPorts,
  locationId: string,
  id: string,
  status: string,
  triggers: readonly Trigger[],
  now: Date,
) => {
  const zone = (await ports.location(locationId))?.timezone
  const rows = triggers.map((trigger, position) => ({
    position,
    type: trigger.type,
    trigger,
    token: typeof trigger.token === 'string' ? trigger.token : null,
    nextAt: trigger.type === 'schedule' ? nextTime(trigger, now, zone) : null,
  }))
  await workflowsOf(db, locationId).setTriggers(id, status === 'published' ? rows : [])
}

export const workflowHandlers = (ports: WorkflowPorts, wake: () => void): readonly Implementation[] =>
  implement(api.workflows.workflow, ({ db, locationId }) => ({ workflows: workflowsOf(db, locationId) }), {
    list: async (_, { workflows }) => ({ workflows: (await workflows.list()).items }),

    create: async ({ body: { locationId: _, ...sent } }, { db, locationId, workflows, now, emit }) => {
      const id = newUuid()
      const { name, status } = sent
      const { triggers = [], actions = [], settings = {} } = fieldsOf(id, sent, [])
      const workflow = withUrls(await workflows.add(id, { name, status, triggers, actions, settings }, now), ports.publicUrl())
      await publish(db, ports, locationId, id, status, triggers, now)
      await tellApps(db, ports, { locationId, workflowId: id, before: [], after: status === 'published' ? triggers : [], now })
      await emit('WorkflowCreate', workflow)
      return { workflow }
    },

    get: async ({ workflowId }, { workflows }) => ({
      workflow: withUrls(isUuid(workflowId) ? await workflows.find(workflowId) : undefined, ports.publicUrl()),
    }),

    update: async ({ workflowId, body: { locationId: _, ...sent } }, context) => {
      const { db, locationId, workflows, now, emit, afterCommit } = context
      const before = found(isUuid(workflowId) ? await workflows.lock(workflowId) : undefined, thing)
      const fields = fieldsOf(workflowId, sent, before.triggers)
      const changed = await workflows.change(workflowId, fields, now)
      const status = fields.status ?? before.status
      const triggers = fields.triggers ?? before.triggers
      await publish(db, ports, locationId, workflowId, status, triggers, now)
      const live = (state: string, all: readonly Trigger[]) => (state === 'published' ? all : [])
      await tellApps(db, ports, {
        locationId,
        workflowId,
        before: live(before.status, before.triggers),
        after: live(status, triggers),
        now,
      })
      if (status !== before.status) {
        await enrolmentsOf(db, locationId).setPaused(workflowId, status === 'draft', now)
        afterCommit(wake)
      }
      const workflow = withUrls(changed, ports.publicUrl())
      await emit('WorkflowUpdate', workflow)
      return { workflow }
    },

    remove: async ({ workflowId }, { db, locationId, workflows, now, emit }) => {
      const before = isUuid(workflowId) ? await workflows.lock(workflowId) : undefined
      if (before?.status === 'published')
        await tellApps(db, ports, { locationId, workflowId, before: before.triggers, after: [], now })
      const gone = found(isUuid(workflowId) ? await workflows.remove(workflowId) : undefined, thing)
      await emit('WorkflowDelete', gone)
      return done
    },

    tryOut: async ({ workflowId, body }, { db, locationId, now, workflows }) => {
      const { value } = found(isUuid(workflowId) ? await workflows.find(workflowId) : undefined, thing)
      return {
        steps: await tryOut({
          db,
          ports,
          locationId,
          now,
          workflow: value,
          contactId: body.contactId,
          trigger: body.trigger ?? {},
        }),
      }
    },
  })

const notWaiting = () => badRequest('The contact does not wait for an app here.')

export const enrolmentHandlers = (wake: () => void): readonly Implementation[] =>
  implement(api.workflows.enrolments, ({ db, locationId }) => ({ enrolments: enrolmentsOf(db, locationId) }), {
    list: async ({ workflowId, query }, { db, locationId, enrolments }) => {
      found(isUuid(workflowId) ? await workflowsOf(db, locationId).find(workflowId) : undefined, thing)
      const { items, total } = await enrolments.list({ ...query, workflowId })
      return { enrolments: items, total }
    },
    resume: async ({ workflowId, enrolmentId, body }, { db, locationId, enrolments, now, afterCommit }) => {
      const known = isUuid(workflowId) && isUuid(enrolmentId)
      found(known ? await enrolments.find(workflowId, enrolmentId) : undefined, 'Enrolment')
      const waiting = await enrolments.awaiting(workflowId, enrolmentId)
      if (!waiting?.actionId) throw notWaiting()
      const { branchId, success = true, data = {} } = body
      const said = {
        ok: success,
        data: { ...data, ...(branchId === undefined ? {} : { branchId }) },
        why: 'the app says that it failed',
      }
      await goOn(db, { locationId, enrolmentId, actionId: waiting.actionId, pausing: false, now }, said as Said)
      afterCommit(wake)
      return done
    },
    get: async ({ workflowId, enrolmentId }, { enrolments }) => {
      const known = isUuid(workflowId) && isUuid(enrolmentId) ? await enrolments.find(workflowId, enrolmentId) : undefined
      return { enrolment: found(known, 'Enrolment'), steps: (await enrolments.steps(enrolmentId)).items }
    },
  })

const notPublished = () => badRequest('The workflow is a draft: publish it before contacts are put into it.')

export const contactWorkflowHandlers = (ports: WorkflowPorts, wake: () => void): readonly Implementation[] =>
  implement(api.contacts.workflow, ({ db, locationId }) => ({ workflows: workflowsOf(db, locationId) }), {
    add: async ({ contactId, workflowId, body }, { db, locationId, workflows, now, afterCommit }) => {
      foundContact((await ports.holdContacts(db, locationId, [contactId]))[0], contactId)
      const { status, settings } = found(isUuid(workflowId) ? await workflows.hold(workflowId) : undefined, thing)
      if (status !== 'published') throw notPublished()
      const { eventStartTime } = body
      const trigger = { type: 'api', ...(eventStartTime ? { eventStartTime } : {}) }
      const row = {
        locationId,
        id: newUuid(),
        workflowId,
        contactId,
        status: 'active',
        depth: 0,
        trigger,
        reason: null,
        startedAt: now,
      } as const
      await addEnrolments(db, [{ ...row, once: settings.reentry === 'never' }])
      afterCommit(wake)
      return done
    },

    remove: async ({ contactId, workflowId }, { db, locationId, workflows, now }) => {
      foundContact((await ports.holdContacts(db, locationId, [contactId]))[0], contactId)
      found(isUuid(workflowId) ? await workflows.hold(workflowId) : undefined, thing)
      await enrolmentsOf(db, locationId).remove(workflowId, contactId, now)
      return done
    },
  })
