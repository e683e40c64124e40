import type { Job } from '../../background/ticker.js'
import type { Db } from '../../database/wire.js'
import type { Implementation } from '../../http/implement.js'
import type { Services } from '../../services.js'
import { createCaller } from './calls.jobs.js'
import { createEngine } from './engine.jobs.js'
import { createListener, enrolFor } from './enrolling.js'
import { workflowHooks } from './hooks.js'
import type { WorkflowPorts } from './ports.js'
import { pastJobs } from './retention.jobs.js'
import { scheduleJob } from './schedule.jobs.js'
import {
  contactWorkflowHandlers,
  enrolmentHandlers,
  runHandlers,
  versionHandlers,
  workflowHandlers,
} from './workflows.handlers.js'

export { workflowAssets } from './assets.sql.js'
export { enrolmentRecords } from './assigned.js'
export { moveWorkflows } from './enrolments.sql.js'
export type { HookLimits } from './hooks.js'
export { nothingSupplied, type StepWork, type Supplied, type WorkflowEvent, type WorkflowPorts } from './ports.js'
export { type SeedWorkflow, seedWorkflows } from './seed.sql.js'

/** A click on a trigger link, as the room of links tells of it. */
export interface Click {
  readonly locationId: string
  readonly linkId: string
  readonly contactId: string | null
}

type WorkflowServices = Pick<Services, 'db' | 'clock' | 'say'> & { readonly config: Pick<Services['config'], 'workflowDays'> }

export type Workflows = ReturnType<typeof createWorkflows>

/** Workflows, and what runs them. */
export const createWorkflows = ({ db, clock, say, config }: WorkflowServices, ports: WorkflowPorts) => {
  const wake = () => engine.loop.wake()
  const caller = createCaller({ db, clock, say, ports }, wake)
  const engine = createEngine({ db, clock, say, ports }, () => caller.loop.wake())
  const implementations: readonly Implementation[] = [
    ...workflowHandlers(ports, wake),
    ...versionHandlers(ports),
    ...enrolmentHandlers(wake),
    ...runHandlers(),
    ...contactWorkflowHandlers(ports, wake),
  ]
  const jobs: readonly Job[] = [scheduleJob(db, ports, wake), ...pastJobs(db, config.workflowDays)]
  return {
    implementations,
    jobs,
    engine,
    sendCalls: caller.run,
    /** For webhooks: hears of every event once. */
    listener: createListener(db, ports, wake),
    hooks: workflowHooks({ db, clock, ports, wake }),
    /** In the transaction that stores the click. */
    onLinkClicked: async (work: { readonly db: Db; readonly now: Date }, { locationId, linkId, contactId }: Click) => {
      if (contactId === null) return
      const facts = { linkId, contactId }
      const clicked = {
        locationId,
        contactId,
        type: 'link_clicked',
        facts,
        kept: { type: 'link_clicked', linkId },
        depth: 0,
      } as const
      await enrolFor(work.db, ports, [clicked], work.now)
    },
    start: () => {
      engine.loop.start()
      caller.loop.start()
    },
    stop: async () => {
      await engine.loop.stop()
      await caller.loop.stop()
    },
  }
}
