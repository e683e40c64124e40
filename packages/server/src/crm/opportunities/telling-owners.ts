import type { OpportunityJson } from './opportunities.sql.js'
import type { OpportunityPorts } from './ports.js'
import type { OpportunityWork } from './writing.js'

type Telling = Pick<OpportunityPorts, 'tellUser'>

const amounts = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })

/** Whoever an opportunity is given to hears of it in the portal, unless they took it themselves. */
export const tellOwner = async (
  { tellUser }: Telling,
  { db, locationId, now, author }: OpportunityWork,
  { value }: OpportunityJson,
  ownerBefore: string | null,
): Promise<void> => {
  const { id: opportunityId, name, assignedTo, contactId, contact, monetaryValue } = value
  if (!tellUser || !assignedTo || !contactId || assignedTo === ownerBefore || assignedTo === author.sourceId) return
  const worth = monetaryValue ? `worth ${amounts.format(monetaryValue)}` : ''
  await tellUser(db, {
    ...{ locationId, userId: assignedTo, opportunityId: opportunityId ?? '', contactId, now },
    subject: `An opportunity is yours: ${name}`,
    body: [contact?.name, worth].filter(Boolean).join(', '),
  })
}

/** The same of many that were made for one owner: one notice, and of several no name, so that no contact is spoken of. */
export const tellOwnerOfAll = async (
  { tellUser }: Telling,
  work: OpportunityWork,
  made: readonly OpportunityJson[],
): Promise<void> => {
  const [first, ...others] = made
  if (!first || others.length === 0) return first && tellOwner({ tellUser }, work, first, null)
  const { db, locationId, now, author } = work
  const { assignedTo } = first.value
  if (!tellUser || !assignedTo || assignedTo === author.sourceId) return
  const subject = `${made.length} opportunities are yours`
  await tellUser(db, { locationId, userId: assignedTo, now, subject, body: 'They were given to you at once.' })
}
