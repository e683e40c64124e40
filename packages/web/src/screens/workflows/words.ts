import type { Reply } from '@groundlevel/contract-kit'
import type { workflows } from '@groundlevel/contracts'
import { textOf, useLocationId } from '../contacts/words.js'

export type WorkflowRow = Reply<typeof workflows.workflow.list>['workflows'][number]
export type Workflow = Reply<typeof workflows.workflow.get>['workflow']
export type Enrolment = Reply<typeof workflows.enrolments.list>['enrolments'][number]
export type Step = Reply<typeof workflows.workflow.tryOut>['steps'][number]

/** A trigger or an action: its type, and what that type asks for. */
export type Part = Readonly<Record<string, unknown>> & { readonly type?: unknown }

const names: Readonly<Record<string, string>> = {
  contact_created: 'A contact is created',
  contact_changed: 'A contact changes',
  tag_added: 'A tag is added',
  form_submitted: 'A form is sent in',
  link_clicked: 'A trigger link is clicked',
  message_received: 'A message comes in',
  appointment: 'An appointment is booked or changes',
  opportunity_stage: 'An opportunity changes its stage',
  order: 'An order is placed or changes',
  webhook: 'Another program calls',
  schedule: 'At a time',
  app: 'An app',
  add_tag: 'Add tag',
  remove_tag: 'Take tag off',
  wait: 'Wait',
  if_else: 'If',
  split: 'Split',
  send_sms: 'Send SMS',
  send_email: 'Send e-mail',
  update_field: 'Change field',
  create_task: 'Create task',
  create_note: 'Write note',
  create_opportunity: 'Create opportunity',
  assign: 'Assign to',
  go_to: 'Go to',
  goal: 'Goal',
  end: 'End',
}

export const nameOfType = (type: unknown): string => names[String(type)] ?? String(type)

const nested = ['type', 'id', 'then', 'else', 'branches', 'paths', 'actions', 'token']

/** What a part says beside its type, in a line. */
export const detailOf = (part: Part): string =>
  Object.entries(part)
    .filter(([key, value]) => !nested.includes(key) && value !== undefined && value !== '')
    .map(([key, value]) => {
      const text = Array.isArray(value) ? value.map(conditionOf).join(', ') : conditionOf(value)
      return ['message', 'body', 'tags', 'tag', 'title', 'subject', 'conditions', 'filters'].includes(key)
        ? text
        : `${key} ${text}`
    })
    .join(' · ')
    .slice(0, 300)

const conditionOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value)
  const { field, operator, value: wanted } = value as Record<string, unknown>
  if (field === undefined) return textOf(value)
  return [field, String(operator ?? 'is').replaceAll('_', ' '), textOf(wanted)].filter(Boolean).join(' ')
}

export interface Way {
  readonly label: string
  readonly actions: readonly Part[]
}

const list = (value: unknown): readonly Part[] => (Array.isArray(value) ? (value as Part[]) : [])

/** The ways on from a part that has several. */
export const waysOf = (part: Part): readonly Way[] => {
  const { then: yes, else: no, branches, paths } = part as Record<string, unknown>
  const ways: Way[] = []
  if (yes !== undefined) ways.push({ label: 'Then', actions: list(yes) })
  for (const [at, branch] of list(branches).entries())
    ways.push({
      label: `${String(branch.name ?? `Branch ${at + 1}`)}: ${detailOf({ conditions: branch.conditions })}`,
      actions: list(branch.actions),
    })
  for (const [at, path] of list(paths).entries())
    ways.push({
      label: `${String(path.name ?? `Path ${at + 1}`)}${path.weight === undefined ? '' : `, weight ${String(path.weight)}`}`,
      actions: list(path.actions),
    })
  if (no !== undefined) ways.push({ label: 'Else', actions: list(no) })
  return ways
}

const statuses: Readonly<Record<string, string>> = {
  draft: 'Draft',
  published: 'Published',
  active: 'In it',
  paused: 'Stands still',
  completed: 'Finished',
  stopped: 'Stopped',
  removed: 'Taken out',
  failed: 'Failed',
  refused: 'Refused',
}

export const statusWord = (status: string | null | undefined): string => (status ? (statuses[status] ?? status) : '')

export const useBase = () => `/portal/sub-account/${useLocationId()}/automation/workflows`
