import { event, t } from '@groundlevel/contract-kit'
import { Workflow } from './workflow.shapes.js'

// Extensions: the documented list has no event of workflows (wire-contract §8).

const about = t.Pick(Workflow, ['id', 'name', 'status', 'version', 'createdAt', 'updatedAt'])
const workflowEvent = <const N extends string>(type: N, summary: string) =>
  event(type, { scope: 'workflows.readonly', payload: about, summary })

export const WorkflowCreate = workflowEvent('WorkflowCreate', 'A workflow was created')
export const WorkflowUpdate = workflowEvent('WorkflowUpdate', 'A workflow changed, was published or taken back')
export const WorkflowDelete = workflowEvent('WorkflowDelete', 'A workflow was deleted')
