import type { Reply } from '@groundlevel/contract-kit'
import type { workflows } from '@groundlevel/contracts'
import { useLocationId } from '../contacts/words.js'

export type WorkflowRow = Reply<typeof workflows.workflow.list>['workflows'][number]
export type Workflow = Reply<typeof workflows.workflow.get>['workflow']
export type Enrolment = Reply<typeof workflows.enrolments.list>['enrolments'][number]

/** What installed apps supply to the workflows of a sub-account. */
export type Supplied = Reply<typeof workflows.workflow.catalogue>['apps']
export type SuppliedTrigger = Supplied['triggers'][number]
export type SuppliedAction = Supplied['actions'][number]

/** A trigger or an action: its type, and what that type asks for. */
export type Part = Readonly<Record<string, unknown>> & { readonly type?: unknown }

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
