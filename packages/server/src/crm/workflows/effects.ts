import type { Db } from '../../database/wire.js'
import { newUuid } from '../../ids.js'
import type { Action, ActionType } from './actions.rules.js'
import type { NewCall } from './calls.sql.js'
import { type Done, done, skipped } from './done.rules.js'
import { effectsOnRecords } from './effects-on-records.js'
import type { ContactRecord, StepWork, WorkflowPorts } from './ports.js'
import { textFor } from './rendering.js'
import { suppliedAction } from './supplied.rules.js'

/** What a step finds. */
export interface StepAbout {
  readonly db: Db
  readonly work: StepWork
  readonly ports: WorkflowPorts
  readonly enrolmentId: string
  readonly workflowId: string
  readonly trigger: Readonly<Record<string, unknown>>
  readonly contact: ContactRecord
  /** Writes a request that is sent once this has committed. */
  addCall(call: NewCall): void
}

type Effect = (action: Action, about: StepAbout) => Promise<Done>

const renderer =
  ({ ports, work, contact }: StepAbout) =>
  async (text: string): Promise<string> =>
    (await textFor({ ports, work }, text))(contact)

/** Text anywhere in a body, with the contact's values in it. */
const rendered = async (value: unknown, render: (text: string) => Promise<string>): Promise<unknown> => {
  if (typeof value === 'string') return render(value)
  if (Array.isArray(value)) return Promise.all(value.map((each) => rendered(each, render)))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(async ([name, each]) => [name, await rendered(each, render)] as const)
  return Object.fromEntries(await Promise.all(entries))
}

const bodyText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

const webhook: Effect = async (action, about) => {
  const { addCall, work, contact, enrolmentId, workflowId } = about
  const plain = { contact, locationId: work.locationId, workflowId, enrolmentId }
  const body = action.body === undefined ? plain : await rendered(action.body, renderer(about))
  const id = newUuid()
  addCall({
    id,
    actionId: action.id,
    awaited: false,
    url: action.url as string,
    headers: (action.headers ?? {}) as object,
    body: bodyText(body),
  })
  return done(`request ${id} to ${new URL(action.url as string).host} is on its way`)
}

interface Asked {
  readonly url: string
  readonly headers: object
  readonly version: string
}

/** Where an app's action is asked: where the app says now, else where the step itself says. */
const askedAt = async (action: Action, { db, ports, work }: StepAbout): Promise<Asked | undefined> => {
  const { appId, url, headers = {}, version = '1' } = action
  if (appId === undefined) return { url: url as string, headers: headers as object, version: version as string }
  const defined = suppliedAction(await ports.supplied(db, work.locationId), action)
  return defined && { url: defined.url, headers: defined.headers, version: String(defined.version) }
}

/** An action of an app: the way goes on with what the app answers. */
const app: Effect = async (action, about) => {
  const { addCall, work, contact, workflowId, enrolmentId } = about
  const asked = await askedAt(action, about)
  if (!asked) return skipped(`the app has no action ${String(action.key)} any more, or is not installed`)
  const branches = (action.branches as { id: string; name?: string; fields?: object }[] | undefined)?.map(
    ({ id, name, fields = {} }) => ({ id, name: name ?? id, fields }),
  )
  const data = (await rendered(action.data ?? {}, renderer(about))) as object
  const body = {
    data: { ...data, ...(branches ? { branches } : {}) },
    extras: {
      locationId: work.locationId,
      contactId: contact.id,
      workflowId,
      enrolmentId,
      resumeUrl: `${about.ports.publicUrl()}/workflows/${workflowId}/enrolments/${enrolmentId}/resume`,
    },
    meta: { key: action.key, version: asked.version },
  }
  const id = newUuid()
  addCall({
    id,
    actionId: action.id,
    awaited: true,
    url: asked.url,
    headers: asked.headers,
    body: JSON.stringify(body),
  })
  return { outcome: 'waiting', reason: `asked ${new URL(asked.url).host}, request ${id}`, waitingFor: 'call' }
}

const effects: Partial<Record<ActionType, Effect>> = {
  ...effectsOnRecords,
  webhook,
  app,
}

/** Does what an action says. @throws WireError where what it says cannot be done with this contact */
export const act = async (action: Action, about: StepAbout): Promise<Done> =>
  (await effects[action.type]?.(action, about)) ?? skipped(`${action.type} does nothing here`)
