import { problem } from '@groundlevel/contract-kit'
import type { Context } from '../../http/implement.js'
import { zoneOf } from '../zones/index.js'
import type { Kind } from './events.rules.js'
import { eventsOf } from './events.sql.js'
import { demandMoment } from './moments.rules.js'
import type { CalendarPorts } from './ports.js'

/** The zone that a sub-account's clocks go by. */
export const zoneOfLocation =
  ({ locations }: Pick<CalendarPorts, 'locations'>) =>
  async (locationId: string): Promise<string> =>
    zoneOf((await locations.location(locationId))?.timezone)

interface Between {
  readonly userId?: string | undefined
  readonly calendarId?: string | undefined
  readonly groupId?: string | undefined
  readonly startTime: string
  readonly endTime: string
}

/** Events between two moments, of whoever was named, as far as the caller sees them. @throws WireError 422 where nobody was */
export const listOf = (
  { db, locationId, principal: { onlyAssignedTo } }: Pick<Context, 'db' | 'locationId' | 'principal'>,
  kind: Kind,
  query: Between,
  zone: string,
) => {
  const { userId, calendarId, groupId } = query
  if (!userId && !calendarId && !groupId) throw problem(422, 'Either of userId, calendarId or groupId is required')
  const from = demandMoment('startTime', query.startTime, zone)
  const to = demandMoment('endTime', query.endTime, zone)
  return eventsOf(db, locationId).list(kind, { userId, calendarId, groupId, from, to, onlyAssignedTo })
}
