import { useWorkflow } from './words.js'

/** The name of the workflow that the address names. */
export const WorkflowCrumb = () => <>{useWorkflow().data?.workflow.name || 'Workflow'}</>
