import { badRequest, forbidden, found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { writeAudit } from '../../audit.js'
import type { Db } from '../../database/wire.js'
import { type Context, type Implementation, implement } from '../../http/implement.js'
import { keysOf } from '../credentials/index.js'
import type { App, AppSettings } from './app.js'
import { demandNone, eventFaults, eventRows, nameTaken, settingsFaults, tidied } from './apps.rules.js'
import { appsOf, eventSettingsOf, isNameTaken } from './apps.sql.js'
import type { AppsParts } from './parts.js'

/** A team's own app; anybody else's is as absent as one that never was. */
const ownApp = async (parts: AppsParts, { person }: Pick<Context, 'person'>, appId: string): Promise<App> =>
  found(await parts.apps.ownApp(person, appId), 'App')

const presented = async (parts: AppsParts, db: Db, app: App) => {
  const [settings, installCount] = await Promise.all([eventSettingsOf(db, app.id).all(), parts.installs.countOfApp(app.id, db)])
  const { dateAdded, dateUpdated, scopes, ...rest } = app
  return {
    ...rest,
    scopes: [...scopes],
    events: eventRows(scopes, settings),
    installCount,
    dateAdded: dateAdded.toISOString(),
    dateUpdated: dateUpdated.toISOString(),
  }
}

const settingsOf = ({
  id: _,
  developerId: _d,
  versionId: _v,
  version: _n,
  dateAdded: _a,
  dateUpdated: _u,
  ...settings
}: App): AppSettings => settings

const blank = {
  categories: [],
  companyName: '',
  website: '',
  supportEmail: '',
  supportPhone: '',
  logo: '',
  requirePkce: false,
}

/** Runs what writes a name; the database alone can say that nobody else has it, even at this very moment. */
const naming = async <T>(write: () => Promise<T>): Promise<T> => {
  try {
    return await write()
  } catch (error) {
    throw isNameTaken(error) ? nameTaken() : error
  }
}

const audit = ({ db, now, traceId, person, call }: Context, act: string, { id, name }: Pick<App, 'id' | 'name'>) =>
  writeAudit(db, { at: now, act, traceId, accountId: person.accountId, appId: id, ip: call.request.ip, detail: { name } })

const developerOf = ({ person }: Context) => {
  const team = person.places.find((place) => place.kind === 'developer')
  if (!team) throw forbidden('Only developers create apps: sign up as a developer first.')
  return team.id
}

const demandNoInstalls = async (parts: AppsParts, db: Db, appId: string) => {
  const count = await parts.installs.countOfApp(appId, db)
  if (count === 0) return
  throw badRequest(
    `The app is still installed in ${count} ${count === 1 ? 'place' : 'places'}: uninstall it there first, then delete it.`,
  )
}

/** What is stored of an app that only agencies use: who else might install it is no question then. */
const settled = (settings: AppSettings): AppSettings =>
  tidied(
    settings.targetUser === 'company' ? { ...settings, whoCanInstall: 'agency' } : { ...settings, allowLocationInstall: false },
  )

export const appHandlers = (parts: AppsParts): readonly Implementation[] =>
  implement(api.apps.app, (context) => ({ context }), {
    list: async (_, { context, db }) => {
      const teams = context.person.places.filter((place) => place.kind === 'developer').map((place) => place.id)
      const mine = await appsOf(db).ofDevelopers(teams)
      const rows = mine.map(async ({ id, name, tagline, logo, appType, targetUser, dateUpdated }) => {
        const installCount = await parts.installs.countOfApp(id, db)
        return { id, name, tagline, logo, appType, targetUser, installCount, dateUpdated: dateUpdated.toISOString() }
      })
      return { apps: await Promise.all(rows) }
    },
    create: async ({ body }, { context, db, now }) => {
      const settings = settled({ ...blank, ...body })
      demandNone(settingsFaults(settings, parts.production))
      const app = await naming(() => parts.apps.createApp(db, developerOf(context), settings, now))
      await audit(context, 'app.create', app)
      return { app: await presented(parts, db, app) }
    },
    get: async ({ appId }, { context, db }) => ({ app: await presented(parts, db, await ownApp(parts, context, appId)) }),
    update: async ({ appId, body: { events = [], ...changes } }, { context, db, now }) => {
      await ownApp(parts, context, appId)
      const before = found(await appsOf(db).hold(appId), 'App')
      const settings = settled({ ...settingsOf(before), ...changes })
      demandNone([...settingsFaults(settings, parts.production), ...eventFaults(events, parts.production)])
      await naming(() => appsOf(db).update(appId, settings, now))
      await eventSettingsOf(db, appId).set(events)
      context.afterCommit(() => parts.apps.forget(appId))
      return { app: await presented(parts, db, { ...before, ...settings, dateUpdated: now }) }
    },
    remove: async ({ appId }, { context, db, now }) => {
      await ownApp(parts, context, appId)
      const app = found(await appsOf(db).hold(appId), 'App')
      await demandNoInstalls(parts, db, appId)
      await appsOf(db).remove(appId, now)
      const clientIds = (await keysOf(db).removeAll(appId)).map((key) => key.clientId)
      await audit(context, 'app.delete', app)
      context.afterCommit(() => parts.apps.forget(appId, clientIds))
      return { succeeded: true }
    },
  })

export const appInstallHandlers = (parts: AppsParts): readonly Implementation[] =>
  implement(api.apps.appInstalls, (context) => ({ context }), {
    list: async ({ appId }, { context, db }) => {
      await ownApp(parts, context, appId)
      const rows = await parts.installs.ofApp(appId, 500, db)
      const shown = rows.map(async ({ installId, kind, companyId, locationId, state, dateAdded, connectedAt }) => {
        const [company, location] = await Promise.all([
          parts.identity.company(companyId),
          locationId === null ? undefined : parts.identity.location(locationId),
        ])
        return {
          id: installId,
          kind,
          companyId,
          companyName: company?.name ?? '',
          locationId,
          locationName: location?.name ?? null,
          state,
          dateAdded: dateAdded.toISOString(),
          connectedAt: connectedAt?.toISOString() ?? null,
        }
      })
      return { installs: await Promise.all(shown) }
    },
  })
