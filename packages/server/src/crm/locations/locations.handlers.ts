import { forbidden, found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { type Context, type Implementation, implement } from '../../http/implement.js'
import { locationsOf } from '../../identity/index.js'

const foreign = (asked: string) =>
  forbidden(
    'The token does not have access to this company.',
    `The request is about company ${asked}, to which the token does not belong.`,
  )

/** Who may ask about whom: a sub-account's token finds itself, an agency's token all of its own. */
const bind = ({ db, companyId }: Context) => ({ locations: locationsOf(db, companyId) })

/** Sub-accounts as the CRM's API shows them. */
export const locationsModule = (): readonly Implementation[] =>
  implement(api.locations.location, bind, {
    search: async ({ query: { companyId: asked, ...filter } }, { locations, companyId, principal }) => {
      if (asked !== undefined && asked !== companyId) throw foreign(asked)
      const { items } = await locations.search({ ...filter, locationId: principal.locationId })
      return { locations: items }
    },
    get: async ({ locationId }, { locations }) => ({ location: found(await locations.find(locationId), 'Location') }),
  })
