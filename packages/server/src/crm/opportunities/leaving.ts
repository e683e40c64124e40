import type { Db } from '../../database/wire.js'
import type { Gone } from '../contacts/index.js'
import { toldOf } from './opportunities.rules.js'
import { opportunitiesOf } from './opportunities.sql.js'

/** More than any contact has; what is beyond goes untold. */
const mostTold = 1000

/** Opportunities of a contact that is about to be deleted. */
export const leaveOpportunities = async (db: Db, locationId: string, contactId: string): Promise<Gone[]> => {
  const removed = await opportunitiesOf(db, locationId).removeOfContact(contactId, mostTold)
  const told = removed.map(({ value }) => toldOf(value))
  return [
    { type: 'OpportunityDelete', told, farewells: told.map(({ id }) => ({ id })) },
    { type: 'OpportunityUpdate', told, farewells: [] },
  ]
}
