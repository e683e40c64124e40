import { badRequest, found } from '@groundlevel/contract-kit'
import { api, enrolmentStates } from '@groundlevel/contracts'
import { authorOf } from '../../http/author.js'
import { type Context, type Implementation, implement } from '../../http/implement.js'
import { isUuid, newUuid } from '../../ids.js'
import { foundContact } from '../contacts/index.js'
import { askApp, catalogueOf } from './catalogue.js'
import { type ChangeWork, changeWorkflow, createWorkflow, fieldsOf, knownIn, withUrls } from './changing.js'
import { countsOf } from './counts.sql.js'
import { addEnrolments, enrolmentsOf } from './enrolments.sql.js'
import type { WorkflowPorts } from './ports.js'
import { goOn, type Said } from './resuming.js'
import { tellApps } from './subscriptions.js'
import { tryOut } from './trying.js'
import { versionsOf } from './versions.sql.js'
import { workflowsOf } from './workflows.sql.js'

type Numbers = Record<(typeof enrolmentStates)[number], number>

const done = { succeded: true, succeeded: true }
const thing = 'Workflow'

const workOf = (
  { db, locationId, now, principal }: Pick<Context, 'db' | 'locationId' | 'now' | 'principal'>,
  ports: WorkflowPorts,
): ChangeWork => ({ db, locationId, now, ports, author: authorOf(principal, now) })

export const workflowHandlers = (ports: WorkflowPorts, wake: () => void): readonly Implementation[] =>
  implement(api.workflows.workflow, ({ db, locationId }) => ({ workflows: workflowsOf(db, locationId) }), {
    list: async (_, { workflows }) => ({ workflows: (await workflows.list()).items }),

    create: async ({ body: { locationId: _, ...sent } }, context) => {
      const id = newUuid()
      const { name, status } = sent
      const { triggers = [], actions = [], settings = {} } = fieldsOf(id, sent, [], await knownIn(workOf(context, ports)))
      const workflow = await createWorkflow(workOf(context, ports), id, { name, status, triggers, actions, settings })
      await context.emit('WorkflowCreate', workflow)
      return { workflow }
    },

    catalogue: async (_, { db, locationId }) => catalogueOf(db, ports, locationId),

    ask: async ({ body }, { db, locationId }) => askApp(db, ports, { ...body, locationId }),

    get: async ({ workflowId }, { workflows }) => ({
      workflow: withUrls(isUuid(workflowId) ? await workflows.find(workflowId) : undefined, ports.publicUrl()),
    }),

    statistics: async ({ workflowId }, { db, locationId, workflows }) => {
      found(isUuid(workflowId) ? await workflows.find(workflowId) : undefined, thing)
      const counts = countsOf(db, locationId, workflowId)
      const there = await counts.byStatus()
      const enrolments = Object.fromEntries(enrolmentStates.map((state) => [state, there[state] ?? 0])) as Numbers
      return { statistics: { enrolments, steps: await counts.bySteps() } }
    },

    update: async ({ workflowId, body: { locationId: _, ...sent } }, context) => {
      const known = await knownIn(workOf(context, ports))
      const { workflow, turned } = await changeWorkflow(workOf(context, ports), workflowId, (before) =>
        fieldsOf(workflowId, sent, before, known),
      )
      if (turned) context.afterCommit(wake)
      await context.emit('WorkflowUpdate', workflow)
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

const versionIn = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0)

export const versionHandlers = (ports: WorkflowPorts): readonly Implementation[] =>
  implement(
    api.workflows.versions,
    ({ db, locationId }, { workflowId = '' }) => ({
      /** @throws WireError 400 where there is no such workflow in the sub-account */
      versions: async () => {
        found(isUuid(workflowId) ? await workflowsOf(db, locationId).find(workflowId) : undefined, thing)
        return versionsOf(db, locationId, workflowId)
      },
    }),
    {
      list: async ({ query }, { versions }) => {
        const { items, total } = await (await versions()).list(query)
        return { versions: items, total }
      },
      get: async ({ version }, { versions }) => ({
        version: found(await (await versions()).find(versionIn(version)), 'Version'),
      }),
      restore: async ({ workflowId, version }, context) => {
        const kept = found(await (await context.versions()).definition(versionIn(version)), 'Version')
        const { workflow } = await changeWorkflow(workOf(context, ports), workflowId, () => kept)
        await context.emit('WorkflowUpdate', workflow)
        return { workflow }
      },
    },
  )

const notWaiting = () => badRequest('The contact does not wait for an app here.')

export const enrolmentHandlers = (wake: () => void): readonly Implementation[] =>
  implement(api.workflows.enrolments, ({ db, locationId }) => ({ enrolments: enrolmentsOf(db, locationId) }), {
    list: async ({ workflowId, query }, { db, locationId, enrolments, principal: { onlyAssignedTo } }) => {
      found(isUuid(workflowId) ? await workflowsOf(db, locationId).find(workflowId) : undefined, thing)
      const { items, total } = await enrolments.list({ ...query, workflowId, onlyAssignedTo })
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

export const runHandlers = (): readonly Implementation[] =>
  implement(api.workflows.runs, ({ db, locationId }) => ({ enrolments: enrolmentsOf(db, locationId) }), {
    list: async ({ contactId, query }, { enrolments }) => {
      const { items, total } = await enrolments.list({ ...query, contactId })
      return { enrolments: items, total }
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
