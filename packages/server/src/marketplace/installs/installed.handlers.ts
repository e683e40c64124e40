import { badRequest, found } from '@groundlevel/contract-kit'
import { installs as api } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import type { Person } from '../../http/principal.js'
import type { Installs } from './installs.js'
import type { InstallRow } from './installs.sql.js'
import type { Apps, People } from './parts.js'
import { agencyPlace, demandRemover, locationPlace, seesInstall } from './places.rules.js'

const isoOrNull = (at: Date | null) => at?.toISOString() ?? null

/** Installed apps, for agencies and their sub-accounts. */
export const installedHandlers = (installs: Installs, { people, apps }: { people: People; apps: Apps }) => {
  const shown = async (install: InstallRow) => {
    const { installId, appId, kind, companyId, locationId, state, scopes } = install
    const [app, location, installedBy] = await Promise.all([
      apps.app(appId),
      locationId === null ? undefined : people.location(locationId),
      people.userName(install.userId),
    ])
    return {
      id: installId,
      appId,
      appName: app?.name ?? '',
      logo: app?.logo ?? '',
      kind,
      companyId,
      locationId,
      locationName: location?.name ?? null,
      state,
      scopes,
      installedBy: installedBy ?? '',
      dateAdded: install.dateAdded.toISOString(),
      connectedAt: isoOrNull(install.connectedAt),
    }
  }

  /** The agency of a sub-account that the person may enter: by a place of their own, or as an admin of the agency. */
  const agencyOf = async (person: Person, locationId: string): Promise<string> => {
    const companyId = (await people.location(locationId))?.companyId
    const decides = person.places.some((place) => place.kind === 'agency' && place.id === companyId)
    return companyId !== undefined && decides ? companyId : found(locationPlace(person, locationId).companyId, 'Agency')
  }

  return implement(api.installed, () => ({}), {
    list: async ({ query: { companyId, locationId } }, { person }) => {
      if (locationId !== undefined) {
        const rows = await installs.listLocation(locationId, await agencyOf(person, locationId))
        return { installs: await Promise.all(rows.map(shown)) }
      }
      if (companyId === undefined) throw badRequest('Name an agency (companyId) or a sub-account (locationId).')
      agencyPlace(person, companyId)
      return { installs: await Promise.all((await installs.listCompany(companyId)).map(shown)) }
    },

    remove: async ({ installId }, context) => {
      const { person, db, call } = context
      const install = await installs.liveInstall(installId, db)
      const seen = found(install && seesInstall(person, install) ? install : undefined, 'Installation')
      demandRemover(person, seen)
      await installs.uninstall(context, installId, {
        because: `removed by ${person.name} in the portal`,
        accountId: person.accountId,
        ip: call.request.ip,
      })
      return { succeeded: true }
    },
  })
}
