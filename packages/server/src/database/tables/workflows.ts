import type { Generated } from 'kysely'

interface WorkflowsTable {
  locationId: string
  id: string
  name: string
  status: string
  version: number
  triggers: unknown
  actions: unknown
  settings: unknown
  createdAt: Date
  updatedAt: Date
}

interface WorkflowVersionsTable {
  locationId: string
  workflowId: string
  version: number
  name: string
  status: string
  triggers: unknown
  actions: unknown
  settings: unknown
  createdAt: Date
  createdBy: unknown
}

interface WorkflowTriggersTable {
  locationId: string
  workflowId: string
  position: number
  type: string
  trigger: unknown
  token: string | null
  nextAt: Date | null
}

interface WorkflowEnrolmentsTable {
  locationId: string
  id: string
  workflowId: string
  contactId: string
  status: string
  actionId: string | null
  dueAt: Date | null
  waitingFor: string | null
  depth: number
  steps: number
  burst: number
  attempts: number
  trigger: unknown
  vars: unknown
  reason: string | null
  startedAt: Date
  updatedAt: Date
  finishedAt: Date | null
  goal: string | null
  resumeAt: Date | null
}

interface WorkflowStepsTable {
  locationId: string
  enrolmentId: string
  number: number
  actionId: string | null
  type: string
  outcome: string
  reason: string
  at: Date
}

interface WorkflowCallsTable {
  locationId: string
  id: string
  enrolmentId: string | null
  actionId: string
  awaited: boolean
  url: string
  headers: unknown
  body: string
  status: string
  attempts: number
  dueAt: Date
  lastStatus: number | null
  lastError: string | null
  dateAdded: Date
  finishedAt: Date | null
}

interface WorkflowCountsTable {
  locationId: string
  workflowId: string
  actionId: string
  key: string
  seq: Generated<string>
  delta: number
}

interface WorkflowVisitorsTable {
  locationId: string
  workflowId: string
  contactId: string
}

export interface WorkflowsTables {
  workflows: WorkflowsTable
  workflowVersions: WorkflowVersionsTable
  workflowTriggers: WorkflowTriggersTable
  workflowEnrolments: WorkflowEnrolmentsTable
  workflowSteps: WorkflowStepsTable
  workflowCalls: WorkflowCallsTable
  workflowCounts: WorkflowCountsTable
  workflowVisitors: WorkflowVisitorsTable
}
