import type { Db } from '../../database/wire.js'
import type { Teller, Till } from './ports.js'

/** A till of a sub-account, in the caller's transaction. */
export const openTill = async (
  { location, addEvents }: Pick<Teller, 'location' | 'addEvents'>,
  db: Db,
  locationId: string,
  now: Date,
  traceId: string | null = null,
): Promise<Till> => {
  const place = await location(locationId)
  return {
    db,
    locationId,
    now,
    emit: async (type, order) => {
      if (!place) return
      await addEvents(db, { type, companyId: place.companyId, locationId, traceId, now }, [order.text])
    },
  }
}
