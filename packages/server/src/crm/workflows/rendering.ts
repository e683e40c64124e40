import type { ContactRecord, StepWork, WorkflowPorts } from './ports.js'

const hasFields = /\{\{|\{%/

/** Puts values of contacts into a text. One without merge fields asks nobody anything. */
export const textFor = async (
  { ports, work }: { readonly ports: Pick<WorkflowPorts, 'rendererOf'>; readonly work: StepWork },
  text: string,
): Promise<(contact: ContactRecord) => Promise<string>> =>
  hasFields.test(text) ? ports.rendererOf(work.db, { locationId: work.locationId, now: work.now }, text) : async () => text
