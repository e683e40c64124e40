import { createHash } from 'node:crypto'
import { WireError } from '@groundlevel/contract-kit'
import { contactFieldOf } from '../contacts/index.js'
import type { Action, ActionType } from './actions.rules.js'
import { type Done, done, failed, skipped } from './done.rules.js'
import { addToWorkflow, removeFromWorkflow } from './effects-on-ways.js'
import { calculated, type MathOperator } from './math.rules.js'
import type { ContactRecord, Message, StepWork, WorkflowPorts } from './ports.js'
import { textFor } from './rendering.js'
import { lookupIn } from './world.rules.js'

/** One of several contacts at the same step. */
export interface Member {
  readonly enrolmentId: string
  readonly contact: ContactRecord
}

interface StepAboutMany {
  readonly work: StepWork
  readonly ports: WorkflowPorts
  readonly members: readonly Member[]
  readonly workflowId: string
  readonly depth: number
  /** Somebody was put into a workflow: it is due once this has committed. */
  wake(): void
}

/** What came of it, by the ids of the contacts. */
type CameOfIt = ReadonlyMap<string, Done>
export type EffectOnMany = (action: Action, about: StepAboutMany) => Promise<CameOfIt>

const tagsOf = ({ tags, tag }: Action): string[] => (tags as string[] | undefined) ?? [tag as string]
const tagsIn = ({ tags }: ContactRecord) => (tags ?? []) as readonly string[]
const listed = (names: readonly string[]) => names.join(', ')

const retag =
  (act: 'addTagsToHeld' | 'removeTagsFromHeld', did: string, idle: string): EffectOnMany =>
  async (action, { work, ports, members }) => {
    const tags = tagsOf(action)
    const held = members.map(({ contact }) => ({ id: contact.id, tags: tagsIn(contact) }))
    const changed = await ports.contacts[act](work, held, tags)
    return new Map(
      members.map(({ contact }) => {
        const now = changed.get(contact.id)
        return [contact.id, now ? done(`${did} ${listed(tags)}`, { ...contact, tags: now }) : skipped(`${idle} ${listed(tags)}`)]
      }),
    )
  }

/** What is made for each; of whom it cannot be made, why. */
const madeFor = async <T>(members: readonly Member[], make: (contact: ContactRecord) => Promise<T>) => {
  const made: (readonly [Member, T])[] = []
  const refused = new Map<string, Done>()
  for (const member of members) {
    try {
      made.push([member, await make(member.contact)])
    } catch (error) {
      refused.set(member.contact.id, failed(error))
    }
  }
  return { made, refused }
}

const createNote: EffectOnMany = async (action, about) => {
  const text = await textFor(about, action.body as string)
  const { made, refused } = await madeFor(about.members, text)
  const bodies = made.map(([{ contact }, body]) => ({ contactId: contact.id, body }))
  const notes = await about.ports.contacts.addNotesToHeld(about.work, bodies)
  return new Map([...refused, ...[...notes].map(([contactId, id]) => [contactId, done(`wrote note ${id}`)] as const)])
}

interface Change {
  readonly contact: ContactRecord
  readonly input: Readonly<Record<string, unknown>>
  readonly did: string
}

const change = async ({ work, ports }: StepAboutMany, changes: readonly Change[]): Promise<[string, Done][]> => {
  const came = await ports.contacts.changeHeld(work, changes)
  return changes.map(({ contact, did }) => {
    const now = came.get(contact.id)
    if (!now) throw new Error(`contact ${contact.id} is held and was not changed`)
    return [contact.id, now instanceof WireError ? failed(now) : done(did, now.value as unknown as ContactRecord)]
  })
}

const isId = (name: string) => /^[A-Za-z0-9]{20}$/.test(name)
const stored = (value: unknown) => (value === null ? null : typeof value === 'object' ? JSON.stringify(value) : String(value))

/** Fields of contacts by their own names, everything else as custom fields. */
const inputOf = (values: readonly (readonly [string, unknown])[]) => {
  const customFields = values
    .filter(([name]) => contactFieldOf(name) === undefined)
    .map(([name, value]) => (isId(name) ? { id: name, value } : { key: name, value }))
  const fields = values.flatMap(([name, value]) => {
    const field = contactFieldOf(name)
    return field ? [[field, stored(value)] as const] : []
  })
  return { ...Object.fromEntries(fields), ...(customFields.length > 0 ? { customFields } : {}) }
}

const updateField: EffectOnMany = async (action, about) => {
  const sent = (action.fields as Record<string, unknown> | undefined) ?? { [action.field as string]: action.value }
  const texts: [string, (contact: ContactRecord) => Promise<unknown>][] = []
  for (const [name, raw] of Object.entries(sent))
    texts.push([name, typeof raw === 'string' ? await textFor(about, raw) : async () => raw])
  const { made, refused } = await madeFor(about.members, async (contact) => {
    const values: [string, unknown][] = []
    for (const [name, text] of texts) values.push([name, await text(contact)])
    return inputOf(values)
  })
  const did = `set ${listed(Object.keys(sent))}`
  const changes = made.map(([{ contact }, input]) => ({ contact, input, did }))
  return new Map([...refused, ...(await change(about, changes))])
}

/** One of several users, evenly over many enrolments and the same however often the step is tried. */
const drawn = (users: readonly string[], enrolmentId: string): string =>
  users[createHash('sha256').update(`assign ${enrolmentId}`).digest().readUInt32BE() % users.length] as string

const assign: EffectOnMany = async (action, about) => {
  const users = (action.users as string[] | undefined) ?? [action.userId as string]
  const stays = ({ contact }: Member) => action.onlyIfUnassigned === true && Boolean(contact.assignedTo)
  const changes = about.members
    .filter((member) => !stays(member))
    .map(({ contact, enrolmentId }) => {
      const assignedTo = drawn(users, enrolmentId)
      return { contact, input: { assignedTo }, did: `assigned to ${assignedTo}` }
    })
  const kept = about.members
    .filter(stays)
    .map(({ contact }) => [contact.id, skipped(`it is assigned to ${contact.assignedTo} already`)] as const)
  return new Map([...kept, ...(await change(about, changes))])
}

const unassign: EffectOnMany = async (_, about) => {
  const { members } = about
  const assigned = members.filter(({ contact }) => Boolean(contact.assignedTo))
  const changes = assigned.map(({ contact }) => ({ contact, input: { assignedTo: null }, did: 'nobody has the contact now' }))
  return new Map([...allSkipped(members, 'nobody has the contact'), ...(await change(about, changes))])
}

const setDnd: EffectOnMany = async (action, about) => {
  const channels = action.channels as string[] | undefined
  const on = action.on === true
  const setting = { status: on ? 'active' : 'inactive' }
  const input = channels ? { dndSettings: Object.fromEntries(channels.map((channel) => [channel, setting])) } : { dnd: on }
  const did = `do-not-disturb is ${on ? 'on' : 'off'}${channels ? ` for ${listed(channels)}` : ''}`
  return new Map(
    await change(
      about,
      about.members.map(({ contact }) => ({ contact, input, did })),
    ),
  )
}

const math: EffectOnMany = async (action, about) => {
  const { work, ports, members } = about
  const field = action.field as string
  const by = await textFor(about, String(action.value))
  const fieldIds = new Map((await ports.fieldKeys(work.db, work.locationId)).map(({ id, fieldKey }) => [fieldKey, id]))
  const { made, refused } = await madeFor(members, async (contact) => {
    const before = lookupIn({ contact, trigger: {}, vars: {}, fieldIds })(field)
    return calculated(action.operator as MathOperator, before, await by(contact))
  })
  const changes = made.map(([{ contact }, value]) => ({
    contact,
    input: inputOf([[field, value]]),
    did: `set ${field} to ${value}`,
  }))
  return new Map([...refused, ...(await change(about, changes))])
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** What a step may leave open; what it says of it. */
const filled = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

/** What came of each, in words. */
const told = <T>(came: ReadonlyMap<string, T | WireError>, words: (each: T) => string): (readonly [string, Done])[] =>
  [...came].map(([id, each]) => [id, each instanceof WireError ? failed(each) : done(words(each))] as const)

const allSkipped = (members: readonly Member[], reason: string): CameOfIt =>
  new Map(members.map(({ contact }) => [contact.id, skipped(reason)]))

const minuteMs = 60_000

const createTask: EffectOnMany = async (action, about) => {
  const { work, ports, members } = about
  const title = await textFor(about, action.title as string)
  const body = action.body === undefined ? undefined : await textFor(about, action.body as string)
  const minutes = Number(action.dueInMinutes ?? 0) + Number(action.dueInDays ?? 0) * 1440
  const dueDate = new Date(work.now.getTime() + minutes * minuteMs)
  const { made, refused } = await madeFor(members, async (contact) => ({
    contactId: contact.id,
    title: await title(contact),
    body: (await body?.(contact)) ?? null,
    assignedTo: textOf(action.assignedTo) ?? contact.assignedTo ?? null,
    dueDate,
  }))
  const tasks = made.map(([, task]) => task)
  return new Map([...refused, ...told(await ports.addTasks(work, tasks), (id) => `created task ${id}`)])
}

const createOpportunity: EffectOnMany = async (action, about) => {
  const { work, ports, members } = about
  if (!ports.addOpportunities) return allSkipped(members, 'this installation has no opportunities')
  const { pipelineStageId, monetaryValue, status, assignedTo, source } = action
  const name = await textFor(about, textOf(action.name) ?? '{{contact.name}}')
  const { made, refused } = await madeFor(members, async (contact) => ({ contactId: contact.id, name: await name(contact) }))
  const shared = {
    pipelineId: action.pipelineId as string,
    ...filled({ pipelineStageId, monetaryValue, status, assignedTo, source }),
  }
  const titled = made.map(([, each]) => each)
  return new Map([...refused, ...told(await ports.addOpportunities(work, shared, titled), (id) => `created opportunity ${id}`)])
}

const send =
  (type: Message['type']): EffectOnMany =>
  async (action, { work, ports, members }) => {
    if (!ports.sendMessages) return allSkipped(members, 'this installation has no messages')
    const text = textOf(action.message) ?? textOf(action.body)
    const { subject, templateId, emailFrom, attachments } = action
    const said = type === 'SMS' ? { message: text } : { html: textOf(action.html) ?? text }
    const message: Message = { type, ...filled({ ...said, subject, templateId, emailFrom, attachments }) }
    const contacts = members.map(({ contact }) => contact)
    const came = await ports.sendMessages(work, message, contacts)
    return new Map(told(came, ({ messageId, status }) => `message ${messageId}, ${status}`))
  }

const effects: Partial<Record<ActionType, EffectOnMany>> = {
  add_tag: retag('addTagsToHeld', 'added', 'the contact already has'),
  remove_tag: retag('removeTagsFromHeld', 'took off', 'the contact does not have'),
  update_field: updateField,
  create_note: createNote,
  create_task: createTask,
  create_opportunity: createOpportunity,
  send_sms: send('SMS'),
  send_email: send('Email'),
  assign,
  unassign,
  set_dnd: setDnd,
  math,
  add_to_workflow: addToWorkflow,
  remove_from_workflow: removeFromWorkflow,
}

/** Does what an action says with many contacts, in statements for all of them; undefined for what is done one by one. */
export const actOnMany = (action: Action, about: StepAboutMany): Promise<CameOfIt> | undefined =>
  effects[action.type]?.(action, about).catch((error: unknown) => {
    // Refused before anything was written, and for the same reason of each.
    const why = failed(error)
    return new Map(about.members.map(({ contact }) => [contact.id, why]))
  })
