import type { Static } from '@groundlevel/contract-kit'
import type { shapes } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { foundContact } from '../contacts/index.js'
import { zoneOf } from '../zones/index.js'
import type { Action } from './actions.rules.js'
import { decide, type Flow } from './flow.rules.js'
import type { ContactRecord, WorkflowPorts } from './ports.js'
import { compile, type Node } from './program.rules.js'
import type { GeneralWindow } from './windows.rules.js'
import { lookupIn } from './world.rules.js'

type Step = Static<typeof shapes.WorkflowStep>

interface Trial {
  readonly db: Db
  readonly ports: WorkflowPorts
  readonly locationId: string
  readonly now: Date
  readonly workflow: Pick<Static<typeof shapes.Workflow>, 'id' | 'actions' | 'settings'>
  readonly contactId: string
  readonly trigger: Readonly<Record<string, unknown>>
}

const mostSteps = 500

const tagsOf = ({ tags, tag }: Action): string[] =>
  ((tags as string[] | undefined) ?? [tag as string]).map((each) => each.trim().toLowerCase())

/** The contact as it would be, as far as later conditions can ask. */
const after = (contact: ContactRecord, action: Action): ContactRecord => {
  const tags = (contact.tags ?? []) as string[]
  if (action.type === 'add_tag') return { ...contact, tags: [...new Set([...tags, ...tagsOf(action)])] }
  if (action.type === 'remove_tag') return { ...contact, tags: tags.filter((tag) => !tagsOf(action).includes(tag)) }
  if (action.type === 'assign') return { ...contact, assignedTo: (action.userId ?? (action.users as string[])[0]) as string }
  if (action.type === 'update_field')
    return { ...contact, ...((action.fields as object | undefined) ?? { [action.field as string]: action.value }) }
  return contact
}

const shown = ({ id: _, type: __, name: ___, branches: ____, ...rest }: Action) => {
  const text = JSON.stringify(rest)
  return text === '{}' ? '' : ` ${text.slice(0, 300)}`
}

interface Place {
  readonly fieldIds: ReadonlyMap<string, string>
  readonly zone: string
}

const flowOf = (node: Node, trial: Trial, contact: ContactRecord, now: Date, { fieldIds, zone }: Place): Flow => {
  const { trigger, contactId: enrolmentId } = trial
  const lookup = lookupIn({ contact, trigger, vars: {}, fieldIds })
  const window = trial.workflow.settings.window as GeneralWindow | undefined
  const decided = decide(node, { enrolmentId, trigger, lookup, now, window, zone })
  return (
    decided ?? { outcome: 'done', reason: `would ${node.action.type.replace('_', ' ')}${shown(node.action)}`, next: node.next }
  )
}

/** What a workflow would do with a contact, times moved on as its waits say. Nothing is done. @throws WireError 400 for no contact */
export const tryOut = async (trial: Trial): Promise<Step[]> => {
  const { db, ports, locationId, workflow, contactId } = trial
  const found = await ports.contacts.find({ db, locationId }, contactId)
  let contact = foundContact(found, contactId) as unknown as ContactRecord
  const fieldIds = new Map((await ports.fieldKeys(db, locationId)).map(({ id, fieldKey }) => [fieldKey, id]))
  const zone = zoneOf((await ports.location(locationId))?.timezone)
  const program = compile(workflow.actions as unknown as Action[])
  const steps: Step[] = []
  let at = trial.now
  for (let next = program.first; next !== undefined && steps.length < mostSteps; ) {
    const node = program.nodes.get(next)
    if (!node) break
    const flow = flowOf(node, trial, contact, at, { fieldIds, zone })
    const { outcome, reason } = flow
    steps.push({
      number: steps.length + 1,
      actionId: node.action.id,
      type: node.action.type,
      outcome,
      reason,
      at: at.toISOString(),
    })
    contact = after(contact, node.action)
    if (flow.dueAt) at = flow.dueAt
    next = flow.next
  }
  return steps
}
