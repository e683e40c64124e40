import { currencyOfCountry } from '@groundlevel/contracts'
import type { OpportunityJson } from './opportunities.sql.js'
import type { OpportunityPorts } from './ports.js'
import type { OpportunityWork } from './writing.js'

type Telling = Pick<OpportunityPorts, 'tellUser' | 'locations'>

/** In the currency of the sub-account's country, as the portal shows it. */
const worthOf = (value: number, country: string | null | undefined): string => {
  const currency = currencyOfCountry(country)
  const digits = Number.isInteger(value) ? 0 : 2
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return new Intl.NumberFormat('en', { ...format, ...(currency && { style: 'currency', currency }) }).format(value)
}

/** Whoever an opportunity is given to hears of it in the portal, unless they took it themselves. */
export const tellOwner = async (
  { tellUser, locations }: Telling,
  { db, locationId, now, author }: OpportunityWork,
  { value }: OpportunityJson,
  ownerBefore: string | null,
): Promise<void> => {
  const { id: opportunityId, name, assignedTo, contactId, contact, monetaryValue } = value
  if (!tellUser || !assignedTo || !contactId || assignedTo === ownerBefore || assignedTo === author.sourceId) return
  const country = (await locations.location(locationId))?.country
  const worth = monetaryValue ? `worth ${worthOf(monetaryValue, country)}` : ''
  await tellUser(db, {
    ...{ locationId, userId: assignedTo, opportunityId: opportunityId ?? '', contactId, now },
    subject: `An opportunity is yours: ${name}`,
    body: [contact?.name, worth].filter(Boolean).join(', '),
  })
}

/** The same of many that were made for one owner: one notice, and of several no name, so that no contact is spoken of. */
export const tellOwnerOfAll = async (ports: Telling, work: OpportunityWork, made: readonly OpportunityJson[]): Promise<void> => {
  const [first, ...others] = made
  if (!first || others.length === 0) return first && tellOwner(ports, work, first, null)
  const { db, locationId, now, author } = work
  const { assignedTo } = first.value
  if (!ports.tellUser || !assignedTo || assignedTo === author.sourceId) return
  const subject = `${made.length} opportunities are yours`
  await ports.tellUser(db, { locationId, userId: assignedTo, now, subject, body: 'They were given to you at once.' })
}
