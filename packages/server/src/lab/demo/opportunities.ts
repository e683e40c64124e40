import type { SeedContact } from '../../crm/contacts/index.js'
import type { SeedOpportunity, SeedPipeline } from '../../crm/opportunities/index.js'
import { newId, newUuid } from '../../ids.js'
import { createRandom } from './random.js'

const dayMs = 86_400_000
const stageNames = ['New enquiry', 'Consultation booked', 'Treatment plan sent', 'Deposit paid']
const treatments = [
  ['Whitening', 320],
  ['Invisible aligners', 4200],
  ['Single implant', 2900],
  ['Veneers', 5600],
  ['Check-up and cleaning', 140],
  ['Crown', 1150.5],
] as const

/** The one pipeline of the first sub-account, as old as its oldest contacts. */
export const demoPipeline = (now: Date): SeedPipeline => {
  const dateAdded = new Date(now.getTime() - 100 * dayMs)
  return {
    id: newId(dateAdded),
    name: 'New patients',
    stages: stageNames.map((name, index) => ({ id: newUuid(), name, stageWinProbability: (index + 1) * 20 })),
    lostReasons: ['Too expensive', 'Went elsewhere', 'No answer'].map((name) => ({ id: newId(dateAdded), name })),
    dateAdded,
  }
}

/** One for every fifth contact, each at most once: most are open, some are won, a few are lost. */
export const demoOpportunities = (pipeline: SeedPipeline, contacts: readonly SeedContact[], now: Date): SeedOpportunity[] => {
  const random = createRandom(6_073)
  return contacts
    .filter((_, index) => index % 5 === 0)
    .map((contact) => {
      const [treatment, monetaryValue] = random.pick(treatments)
      const status = random.chance(0.2) ? 'won' : random.chance(0.15) ? 'lost' : 'open'
      const ageMs = now.getTime() - contact.dateAdded.getTime()
      const createdAt = new Date(contact.dateAdded.getTime() + Math.floor(ageMs / 4))
      return {
        id: newId(createdAt),
        contactId: contact.id,
        pipelineId: pipeline.id,
        pipelineStageId: (status === 'won' ? pipeline.stages.at(-1) : random.pick(pipeline.stages))?.id ?? '',
        name: `${contact.firstName} ${contact.lastName}: ${treatment}`,
        monetaryValue,
        status,
        assignedTo: contact.assignedTo,
        source: contact.source,
        lostReasonId: status === 'lost' ? random.pick(pipeline.lostReasons).id : null,
        createdAt,
        changedAt: new Date(contact.dateAdded.getTime() + Math.floor(ageMs / 2)),
      }
    })
}
