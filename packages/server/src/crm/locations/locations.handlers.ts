import { found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { type Context, type Implementation, implement } from '../../http/implement.js'
import { locationsOf } from '../../identity/index.js'
import { createLocationChanges, type LocationParts } from './changes.js'
import { demandCompany, timeZones } from './locations.rules.js'

/** Who may ask about whom: a sub-account's token finds itself, an agency's token all of its own. */
const bind = ({ db, companyId }: Context) => ({ locations: locationsOf(db, companyId) })

/** Sub-accounts as the CRM's API shows them. */
export const locationsModule = (parts: LocationParts): readonly Implementation[] => {
  const changes = createLocationChanges(parts)
  return implement(api.locations.location, bind, {
    search: async ({ query: { companyId: asked, ...filter } }, { locations, companyId, principal }) => {
      demandCompany(asked, companyId)
      const { items } = await locations.search({ ...filter, locationId: principal.locationId })
      return { locations: items }
    },
    get: async ({ locationId }, { locations }) => ({ location: found(await locations.find(locationId), 'Location') }),
    create: ({ body }, context) => changes.create(body, context),
    update: ({ locationId, body }, context) => changes.update(locationId, body, context),
    setStatus: ({ locationId, body }, context) => changes.setStatus(locationId, body.status, context),
    remove: ({ locationId, query }, context) => changes.remove(locationId, query.deleteTwilioAccount, context),
    timezones: async () => ({ timeZones: timeZones() }),
  })
}
