import { randomBytes } from 'node:crypto'
import { found, type Static, unprocessable } from '@groundlevel/contract-kit'
import type { shapes } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import type { Author } from '../../http/author.js'
import { isUuid, newHexId } from '../../ids.js'
import { contactFieldOf } from '../contacts/index.js'
import type { Action } from './actions.rules.js'
import { type Condition, conditionsIn } from './conditions.rules.js'
import { actionsOf, ownTriggers, settingsOf, tokensIn, triggersOf } from './definition.rules.js'
import { enrolmentsOf } from './enrolments.sql.js'
import type { KnownFields } from './fields.rules.js'
import { watchesOf } from './goals.rules.js'
import { hookUrl } from './hook-url.js'
import type { WorkflowPorts } from './ports.js'
import { nextTime } from './schedule.rules.js'
import { tellApps } from './subscriptions.js'
import { isTokenOf, tokenOf } from './tokens.rules.js'
import type { Trigger } from './triggers.rules.js'
import { versionsOf } from './versions.sql.js'
import { type WorkflowFields, workflowsOf } from './workflows.sql.js'

const thing = 'Workflow'

type Record = Static<typeof shapes.Workflow>

/** What a change of a workflow writes with. */
export interface ChangeWork {
  readonly db: Db
  readonly locationId: string
  readonly now: Date
  readonly author: Author
  readonly ports: WorkflowPorts
}

/** A workflow with the addresses of those of its triggers that programs call. */
export const withUrls = (workflow: { value: Record } | undefined, publicUrl: string): Record => {
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

/** What a request sets. */
export interface Sent {
  readonly name?: string
  readonly status?: 'draft' | 'published'
  readonly triggers?: readonly object[]
  readonly actions?: readonly object[]
  readonly settings?: { readonly window?: unknown }
}

/** What of a sub-account's own a definition may name. */
export const knownIn = async ({
  db,
  locationId,
  ports,
}: Pick<ChangeWork, 'db' | 'locationId' | 'ports'>): Promise<KnownFields> => {
  const fields = await ports.fieldKeys(db, locationId)
  return {
    custom: new Set(fields.flatMap(({ id, fieldKey }) => [id, fieldKey])),
    supplied: await ports.supplied(db, locationId),
    stages: await ports.stages?.(db, locationId),
  }
}

/** What is written for what was sent. @throws WireError 422 with everything that is wrong */
export const fieldsOf = (
  workflowId: string,
  { name, status, triggers, actions, settings }: Sent,
  before: readonly Trigger[],
  custom: KnownFields,
): Partial<WorkflowFields> => {
  const { newToken } = tokensFor(workflowId)
  if (name !== undefined && name.trim() === '') throw unprocessable(['name should not be empty'])
  return {
    ...(name === undefined ? {} : { name }),
    ...(status === undefined ? {} : { status }),
    ...(triggers === undefined ? {} : { triggers: triggersOf(triggers, tokensIn(before), newToken, custom) }),
    ...(actions === undefined ? {} : { actions: actionsOf(actions, newActionId, custom) }),
    ...(settings === undefined ? {} : { settings: settingsOf(settings) }),
  }
}

/** The same with tokens of this workflow, whether they were sent, stay or come back with a version. */
const owning = (workflowId: string, fields: Partial<WorkflowFields>, before: readonly Trigger[]): Partial<WorkflowFields> => {
  const { isOwn, newToken } = tokensFor(workflowId)
  const triggers = ownTriggers(fields.triggers ?? before, isOwn, newToken)
  return triggers === before ? fields : { ...fields, triggers }
}

interface Live {
  readonly status: string
  readonly triggers: readonly Trigger[]
  readonly actions: readonly Action[]
}

const byIds = (filters: readonly Condition[], ids: ReadonlyMap<string, string>) =>
  filters.map((filter) => {
    const bare = filter.field.replace(/^customFields\./, '')
    const id = ids.get(bare) ?? ids.get(`contact.${bare}`) ?? [...ids.values()].find((each) => each === bare)
    return id && !contactFieldOf(bare) ? { ...filter, field: id } : filter
  })

/** What begins it and what reaches its goals is known to events only while it is published. */
const publish = async ({ db, ports, locationId, now }: ChangeWork, id: string, { status, triggers, actions }: Live) => {
  const zone = (await ports.location(locationId))?.timezone
  const ids = new Map((await ports.fieldKeys(db, locationId)).map(({ id, fieldKey }) => [fieldKey, id]))
  const rows = [...triggers, ...watchesOf(actions)].map((trigger, position) => ({
    position,
    type: trigger.type,
    // Events name custom fields by their ids.
    trigger: trigger.filters ? { ...trigger, filters: byIds(conditionsIn(trigger.filters), ids) } : trigger,
    token: typeof trigger.token === 'string' ? trigger.token : null,
    nextAt: trigger.type === 'schedule' || trigger.type === 'date' ? nextTime(trigger as Trigger, now, zone) : null,
  }))
  await workflowsOf(db, locationId).setTriggers(id, status === 'published' ? rows : [])
}

const liveTriggers = ({ status, triggers }: Pick<Live, 'status' | 'triggers'>) => (status === 'published' ? triggers : [])

export const createWorkflow = async (work: ChangeWork, id: string, fields: WorkflowFields): Promise<Record> => {
  const { db, locationId, now, author, ports } = work
  const workflow = withUrls(await workflowsOf(db, locationId).add(id, fields, now), ports.publicUrl())
  await versionsOf(db, locationId, id).keep(author)
  await publish(work, id, fields)
  await tellApps(db, ports, { locationId, workflowId: id, before: [], after: liveTriggers(fields), now })
  return workflow
}

interface Changed {
  readonly workflow: Record
  /** It was published, or taken back to draft. */
  readonly turned: boolean
}

/** @throws WireError 400 where there is no such workflow */
export const changeWorkflow = async (
  work: ChangeWork,
  workflowId: string,
  change: (before: readonly Trigger[]) => Partial<WorkflowFields>,
): Promise<Changed> => {
  const { db, locationId, now, author, ports } = work
  const workflows = workflowsOf(db, locationId)
  const before = found(isUuid(workflowId) ? await workflows.lock(workflowId) : undefined, thing)
  const versions = versionsOf(db, locationId, workflowId)
  // What a snapshot has brought was never saved by anybody here.
  await versions.keep(null)
  const fields = owning(workflowId, change(before.triggers), before.triggers)
  const workflow = withUrls(await workflows.change(workflowId, fields, now), ports.publicUrl())
  await versions.keep(author)
  await versions.forgetBefore(workflow.version)
  const after = { status: workflow.status, ...((await workflows.definition(workflowId)) ?? { triggers: [], actions: [] }) }
  await publish(work, workflowId, after)
  await tellApps(db, ports, { locationId, workflowId, before: liveTriggers(before), after: liveTriggers(after), now })
  const turned = workflow.status !== before.status
  if (turned) await enrolmentsOf(db, locationId).setPaused(workflowId, workflow.status === 'draft', now)
  return { workflow, turned }
}
