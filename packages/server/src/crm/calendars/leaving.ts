import type { Db } from '../../database/wire.js'
import type { Gone } from '../contacts/index.js'
import { toldOf } from './events.rules.js'
import { eventsOf } from './events.sql.js'
import { zoneOfLocation } from './listing.js'
import type { CalendarPorts } from './ports.js'

/** More than any contact has; what is beyond goes untold. */
const mostTold = 1000

/** Appointments of a contact that is about to be deleted. */
export const leaveAppointments = (ports: Pick<CalendarPorts, 'locations'>) => {
  const zoneIn = zoneOfLocation(ports)
  return async (db: Db, locationId: string, contactId: string): Promise<Gone[]> => {
    const removed = await eventsOf(db, locationId).removeOfContact(contactId, mostTold)
    if (removed.length === 0) return []
    const zone = await zoneIn(locationId)
    const told = removed.map((event) => toldOf(event, zone))
    return [{ type: 'AppointmentDelete', told, farewells: removed.map(({ id }) => ({ appointment: { id } })) }]
  }
}
