import type { Reply } from '@groundlevel/contract-kit'
import { workflows } from '@groundlevel/contracts'
import { useParams } from 'react-router'
import { useAsk } from '../../api.js'
import { countOf } from '../../parts/list/count.js'
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

/** The workflow that the address names. */
export const useWorkflow = () => {
  const { workflowId = '' } = useParams()
  return useAsk(workflows.workflow.get, { workflowId })
}

/** What became of a run, with what went wrong on its way. */
export const stateOf = ({ status, failedSteps }: Pick<Enrolment, 'status' | 'failedSteps'>): string =>
  failedSteps && status !== 'failed' ? `${statusWord(status)}, ${countOf(failedSteps, 'step')} failed` : statusWord(status)

export const useBase = () => `/portal/sub-account/${useLocationId()}/automation/workflows`
