import { missing } from '@groundlevel/contract-kit'
import type { AssignedRecords, DemandTheirs } from '../../assigned.js'
import { isOthers } from './assigned.sql.js'

const demandEvent =
  (thing: string): DemandTheirs =>
  async (seeing, id) => {
    if (await isOthers(seeing, id)) throw missing(thing)
  }

/** Appointments with their notes; `event` where an appointment and a blocked time are taken alike. */
export const calendarRecords: Pick<AssignedRecords, 'appointment' | 'event'> = {
  appointment: demandEvent('Appointment'),
  event: demandEvent('Event'),
}
