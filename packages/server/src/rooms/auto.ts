import { WireError } from '@groundlevel/contract-kit'
import type { Blobs } from '../blobs/index.js'
import { appointmentActs, type CalendarPorts } from '../crm/calendars/index.js'
import { attributeContact, type ContactActs, dayIds, holdContacts, taggedIds, takeContacts } from '../crm/contacts/index.js'
import type { Talk } from '../crm/conversations/index.js'
import { definitionsOf } from '../crm/custom-fields/index.js'
import { type FormPorts, formPages, formsModule } from '../crm/forms/index.js'
import { type MergePorts, rendererOf } from '../crm/merge-fields/index.js'
import type { TellPeople } from '../crm/notices/index.js'
import {
  addOpportunitiesToHeld,
  changeOpportunity,
  type OpportunityPorts,
  opportunitiesOf,
  pipelinesOf,
  removeOpportunity,
  type Written,
} from '../crm/opportunities/index.js'
import { addTasksToHeld } from '../crm/tasks/index.js'
import { createWorkflows, nothingSupplied, type StepWork, type WorkflowPorts } from '../crm/workflows/index.js'
import type { Identity } from '../identity/index.js'
import { usersAmong } from '../identity/index.js'
import type { suppliedTo } from '../marketplace/index.js'
import type { Services } from '../services.js'
import { createOutbound, type Outbound, type Webhooks } from '../webhooks/index.js'

interface AutoParts {
  readonly services: Services
  readonly contacts: ContactActs
  readonly blobs: Blobs
  readonly identity: Pick<Identity, 'location'>
  readonly webhooks: Pick<Webhooks, 'addEvent' | 'addEvents' | 'wake' | 'listen'>
  readonly merging: MergePorts
  readonly talk: Pick<Talk, 'sendToMany'>
  readonly opportunities: OpportunityPorts
  readonly calendars: CalendarPorts
  readonly tell: TellPeople
  /** What installed apps supply to workflows. */
  readonly supplied: ReturnType<typeof suppliedTo>
}

const formPorts = ({ services, contacts, blobs, identity, webhooks }: AutoParts): FormPorts => ({
  contacts,
  blobs,
  location: identity.location,
  attribute: attributeContact,
  definitions: (db, locationId) => definitionsOf(db, locationId, 'contact'),
  addEvent: webhooks.addEvent,
  wake: webhooks.wake,
  publicUrl: () => services.publicUrl,
})

const addOpportunities =
  (ports: OpportunityPorts): NonNullable<WorkflowPorts['addOpportunities']> =>
  async (work, shared, titled) => {
    const came = await addOpportunitiesToHeld(ports, work, shared, titled)
    // By kind, so that those of one kind are written together.
    for (const type of ['OpportunityCreate', 'OpportunityUpdate'])
      for (const each of came.values()) if (!(each instanceof WireError)) await work.emit(type, each.told)
    return new Map([...came].map(([id, each]) => [id, each instanceof WireError ? each : each.opportunity.value.id]))
  }

const opportunityPorts = (
  ports: OpportunityPorts,
): Pick<WorkflowPorts, 'addOpportunities' | 'stages' | 'opportunityOf' | 'changeOpportunity' | 'removeOpportunity'> => {
  const tell = async (work: StepWork, { events, told }: Written) => {
    for (const type of events) await work.emit(type, told)
  }
  return {
    addOpportunities: addOpportunities(ports),
    stages: (db, locationId) => pipelinesOf(db, locationId).stages(),
    opportunityOf: async ({ db, locationId }, contactId, pipelineId) =>
      (await opportunitiesOf(db, locationId).ofContact(contactId, pipelineId))?.id,
    changeOpportunity: async (work, id, change) => tell(work, await changeOpportunity(ports, work, id, change)),
    removeOpportunity: async (work, id) => tell(work, await removeOpportunity(work, id)),
  }
}

const workflowPorts = (parts: AutoParts, outbound: Outbound): WorkflowPorts => {
  const { services, contacts, identity, webhooks, merging, talk, opportunities, calendars, tell, supplied } = parts
  return {
    contacts,
    post: (url, headers, body) => outbound.post(url, headers, Buffer.from(body)),
    get: outbound.get,
    supplied: async (db, locationId) => {
      const companyId = (await identity.location(locationId))?.companyId
      return companyId === undefined ? nothingSupplied : supplied(db, { companyId, locationId })
    },
    takeContacts,
    holdContacts,
    dayIds,
    taggedIds,
    location: identity.location,
    fieldKeys: (db, locationId) => definitionsOf(db, locationId, 'contact'),
    rendererOf: (db, about, text) => rendererOf(merging, db, about, text),
    addTasks: (work, tasks) => addTasksToHeld({ among: usersAmong }, work, tasks),
    sendMessages: (work, message, contacts) =>
      talk.sendToMany({ ...work, source: 'workflow', tell: work.emit }, message, contacts),
    ...opportunityPorts(opportunities),
    ...appointmentActs(calendars),
    tell: ({ db, locationId, now }, told) => tell(db, { ...told, locationId, now, addresses: [] }),
    addEvents: webhooks.addEvents,
    wake: webhooks.wake,
    publicUrl: () => services.publicUrl,
  }
}

/** Forms, surveys and workflows. */
export const autoRooms = (parts: AutoParts) => {
  const { services, webhooks } = parts
  const { db, clock, config } = services
  const forms = formPorts(parts)
  const outbound = createOutbound({ allowLoopback: !config.production })
  const workflows = createWorkflows(services, workflowPorts(parts, outbound))
  webhooks.listen(workflows.listener)
  return {
    implementations: [...formsModule(forms), ...workflows.implementations],
    jobs: workflows.jobs,
    formPages: formPages({ db, clock, ports: forms }),
    workflows,
    start: workflows.start,
    stop: async () => {
      outbound.abort()
      await workflows.stop()
      await outbound.close()
    },
  }
}
