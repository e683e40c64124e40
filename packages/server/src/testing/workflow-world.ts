import { expect } from 'vitest'
import { contactActs, contactsModule, dayIds, holdContacts, taggedIds, takeContacts } from '../crm/contacts/index.js'
import { definitionsOf } from '../crm/custom-fields/index.js'
import { addTasksToHeld, tasksModule } from '../crm/tasks/index.js'
import {
  createWorkflows,
  nothingSupplied,
  type Supplied,
  type WorkflowEvent,
  type WorkflowPorts,
  type Workflows,
} from '../crm/workflows/index.js'
import type { Db } from '../database/wire.js'
import { contactPorts } from './contact-ports.js'
import { type CallOptions, type ModuleApp, moduleApp } from './module-app.js'

interface Sent {
  readonly type: string
  readonly contactId: string
  readonly message?: string
}

type Noticed = Parameters<NonNullable<WorkflowPorts['tell']>>[1]

interface Posted {
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** Workflows on a database, with contacts, notes and tasks, and what leaves them caught. Its clock moves as a test says. */
export interface WorkflowWorld {
  readonly on: ModuleApp
  readonly workflows: Workflows
  readonly told: (WorkflowEvent & { readonly text: string })[]
  readonly sent: Sent[]
  /** What users were told. */
  readonly noticed: Noticed[]
  readonly posted: Posted[]
  /** What a test may set: the answer to requests, how many messages fail as a broken database would, whether hooks are let through, what apps supply. */
  readonly set: {
    reply: { status: number | null; body: string | null; error: string }
    broken: number
    allowed: boolean
    supplied: Supplied
  }
  call(method: string, path: string, options?: CallOptions): ReturnType<ModuleApp['call']>
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came back
  create(definition: object): Promise<any>
  // biome-ignore lint/suspicious/noExplicitAny: likewise
  person(fields?: object): Promise<any>
  // biome-ignore lint/suspicious/noExplicitAny: likewise
  read(id: string): Promise<any>
  enrol(contactId: string, workflowId: string, body?: object): ReturnType<ModuleApp['call']>
  /** Runs whatever is due, until nothing is. */
  run(): Promise<void>
  minutes(n: number): void
  // biome-ignore lint/suspicious/noExplicitAny: likewise
  history(workflowId: string, contactId: string): Promise<any>
  /** Hands over what was told since, as fan-out does. @returns how many events that were */
  fanOut(): Promise<number>
  hear(type: string, payload: object, depth?: number): Promise<void>
}

export const workflowWorld = async (): Promise<WorkflowWorld> => {
  const told: (WorkflowEvent & { text: string })[] = []
  const sent: Sent[] = []
  const noticed: Noticed[] = []
  const posted: Posted[] = []
  const set: WorkflowWorld['set'] = {
    reply: { status: 200, body: '{}', error: '' },
    broken: 0,
    allowed: true,
    supplied: nothingSupplied,
  }
  let workflows = undefined as unknown as Workflows
  const on: ModuleApp = await moduleApp(
    ({ db, lookups, clock }) => {
      const services = contactPorts(lookups, { fields: { definitions: (at, id) => definitionsOf(at, id, 'contact') } })
      const { among } = services.users
      const ports: WorkflowPorts = {
        contacts: contactActs(services),
        takeContacts,
        holdContacts,
        dayIds,
        taggedIds,
        location: async (id) => ({ companyId: 'company', timezone: id === on.locationId ? 'America/Denver' : null }),
        fieldKeys: (at, id) => definitionsOf(at, id, 'contact'),
        rendererOf: async (_db, _about, text) => async (contact) =>
          text.replace(/\{\{contact\.(\w+)\}\}/g, (_, name: string) => String(contact[name] ?? '')),
        addTasks: (work, tasks) => addTasksToHeld({ among }, work, tasks),
        sendMessages: async (_work, message, contacts) => {
          if (set.broken-- > 0) throw new Error('the database is gone')
          const added = contacts.map(({ id }) => [id, { messageId: `m${sent.length}`, status: 'pending' }] as const)
          sent.push(...contacts.map(({ id: contactId }) => ({ ...message, contactId })))
          return new Map(added)
        },
        tell: async (_work, told) => void noticed.push(told),
        post: async (url, headers, body) => {
          posted.push({ url, headers, body })
          return set.reply
        },
        supplied: async () => set.supplied,
        get: async (url, headers) => {
          posted.push({ url, headers, body: '' })
          return set.reply
        },
        addEvents: async (_db, event, texts) => told.push(...texts.map((text) => ({ ...event, text }))),
        wake: () => {},
        publicUrl: () => 'http://127.0.0.1:4000',
      }
      workflows = createWorkflows({ db, clock, say: () => {}, config: { workflowDays: 30 } }, ports)
      const places = { location: async () => undefined }
      return [...workflows.implementations, ...contactsModule(services), ...tasksModule({ users: services.users, places })]
    },
    undefined,
    undefined,
    (app) => void app.register(workflows.hooks({ count: () => ({ allowed: set.allowed, retryAfterSeconds: 9 }) })),
  )
  // A token of its own for each call: quotas are not what these tests are about.
  const call: WorkflowWorld['call'] = (method, path, options = {}) => on.call(method, path, { token: on.token(), ...options })
  const listen = (events: Parameters<Workflows['listener']['hear']>[1]) =>
    on.db.transaction().execute((db: Db) => workflows.listener.hear(db, events, on.clock.now()))
  let people = 0
  return {
    on,
    workflows,
    told,
    sent,
    noticed,
    posted,
    set,
    call,
    create: async (definition) => {
      const body = { locationId: on.locationId, name: 'Flow', status: 'published', ...definition }
      const made = await call('POST', '/workflows/', { body })
      expect([made.status, made.body.message]).toEqual([201, undefined])
      return made.body.workflow
    },
    person: async (fields = {}) => {
      const body = { locationId: on.locationId, email: `p${++people}@flow.example`, ...fields }
      return (await call('POST', '/contacts/', { body })).body.contact
    },
    read: async (id) => (await call('GET', `/contacts/${id}`)).body.contact,
    enrol: (contactId, workflowId, body = {}) => call('POST', `/contacts/${contactId}/workflow/${workflowId}`, { body }),
    run: async () => {
      for (let rounds = 0; rounds < 200; rounds++) if ((await workflows.engine.run()).due === 0) return
      throw new Error('the engine does not come to an end')
    },
    minutes: (n) => on.clock.advance(n * 60_000),
    history: async (workflowId, contactId) => {
      const all = (await call('GET', `/workflows/${workflowId}/enrolments?contactId=${contactId}`)).body.enrolments
      const { enrolment, steps } = (await call('GET', `/workflows/${workflowId}/enrolments/${all[0].id}`)).body
      return { enrolment, steps, all }
    },
    fanOut: async () => {
      const events = told.splice(0)
      await listen(
        events.map(({ type, locationId, depth, text }) => ({ type, locationId, depth, payload: text, appId: null, test: false })),
      )
      return events.length
    },
    hear: async (type, payload, depth = 0) => {
      await listen([{ type, locationId: on.locationId, depth, payload: JSON.stringify(payload), appId: null, test: false }])
    },
  }
}

/** What a world does, by name, before there is one: a file's hooks open it. */
export const actsOf = (world: () => WorkflowWorld): WorkflowWorld =>
  new Proxy({} as WorkflowWorld, {
    get:
      (_, name) =>
      (...given: unknown[]) =>
        (world()[name as keyof WorkflowWorld] as (...all: unknown[]) => unknown)(...given),
  })
