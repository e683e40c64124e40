import { createClient, createOAuth, memoryStore } from '@groundlevel/app-kit'
import { changes, type Place } from '../changes.js'
import { consent } from '../consent.js'
import { type DemoWorld, demoWorld, leadRouterOf, personOf } from '../demo-world.js'
import { Failure } from '../failure.js'
import { findServer, type ServerOptions } from '../find-server.js'
import type { Io } from '../io.js'
import { type Session, signIn } from '../session.js'
import { type Ending, follow } from '../timeline.js'

export interface TriggerOptions extends ServerOptions {
  readonly location?: string
}

const known = [...Object.keys(changes), 'INSTALL', 'UNINSTALL']

/** The event of that name, whatever its case. */
export const eventOf = (text: string): string => {
  const event = known.find((name) => name.toLowerCase() === text.toLowerCase())
  if (event === undefined)
    throw new Failure(`There is no event ${JSON.stringify(text)} to trigger; use one of ${known.join(', ')}.`, 2)
  return event
}

/** The admin's hands: everything that happens on pages. */
interface Scene {
  readonly url: string
  readonly demo: DemoWorld
  readonly admin: Session
  readonly locationId: string
}

const locationOf = (demo: DemoWorld, text: string | undefined): string => {
  if (text === undefined) return demo.locations[0]?.id ?? ''
  const found = demo.locations.find(({ id, name }) => id === text || name.toLowerCase() === text.toLowerCase())
  if (found === undefined)
    throw new Failure(
      `There is no sub-account ${JSON.stringify(text)}; use one of ${demo.locations.map(({ id }) => id).join(', ')}.`,
    )
  return found.id
}

/** The demo token where it is good, elsewhere a token of Lead Router's own through a real consent. */
const placeOf = async ({ url, demo, admin, locationId }: Scene): Promise<Place> => {
  if (locationId === demo.locations[0]?.id)
    return { locationId, client: createClient({ baseUrl: url, token: demo.tokens.location }) }
  const { clientId, clientSecret, redirectUri } = leadRouterOf(demo)
  const { code } = await consent(admin, clientId, { locationIds: [locationId], all: false, future: false })
  const oauth = createOAuth({ clientId, clientSecret, redirectUri, baseUrl: url, store: memoryStore() })
  await oauth.exchange(code)
  return { locationId, client: createClient({ baseUrl: url, token: oauth.tokenFor({ locationId }) }) }
}

const installOf = async ({ admin, demo, locationId }: Scene) => {
  const { installs } = await admin.client.installs.installed.list({ query: { companyId: demo.company.id } })
  return installs.find((install) => install.locationId === locationId && install.appId === leadRouterOf(demo).id)
}

const uninstall = async (scene: Scene) => {
  const install = await installOf(scene)
  return install && scene.admin.client.installs.installed.remove({ installId: install.id })
}

const reinstall = async (scene: Scene, io: Io) => {
  if ((await uninstall(scene)) !== undefined)
    io.out('Lead Router was installed there: uninstalled it first, since a second consent is no second install.')
  const { clientId } = leadRouterOf(scene.demo)
  const { redirectUrl, traceId } = await consent(scene.admin, clientId, {
    locationIds: [scene.locationId],
    all: false,
    future: false,
  })
  // The app gets its code as it would by the browser; whether it runs is its own matter.
  await fetch(redirectUrl, { signal: AbortSignal.timeout(5000) }).catch(() => undefined)
  return { traceId }
}

const change = async (event: string, scene: Scene, io: Io): Promise<string> => {
  const made = changes[event]
  const reply = made
    ? await made(await placeOf(scene))
    : event === 'INSTALL'
      ? await reinstall(scene, io)
      : await uninstall(scene)
  if (reply === undefined)
    throw new Failure(
      'Lead Router is not installed in that sub-account, so there is nothing to uninstall: run `groundlevel trigger INSTALL` first.',
    )
  return reply.traceId ?? ''
}

const sentences: Readonly<Record<Exclude<Ending, 'failed'>, string>> = {
  delivered: 'Delivered.',
  waiting: 'Not delivered yet: it is tried again later, see `groundlevel logs --kind delivery --follow`.',
  none: 'No installed app receives this event in that sub-account.',
}

/** Makes a real change and follows what is delivered because of it. */
export const trigger = async (text: string, options: TriggerOptions, io: Io): Promise<void> => {
  const event = eventOf(text)
  const url = await findServer(options, io)
  const demo = await demoWorld(url)
  const scene: Scene = {
    url,
    demo,
    admin: await signIn(url, personOf(demo, 'agency-admin')),
    locationId: locationOf(demo, options.location),
  }
  const developer = await signIn(url, personOf(demo, 'developer'))
  const traceId = await change(event, scene, io)
  io.out(`${event} in ${scene.locationId}, trace ${traceId}`)
  const ending = await follow(developer, io, { traceId, event })
  if (ending === 'failed') throw new Failure(`A delivery of ${event} failed for good; its attempts stand above.`)
  io.out(sentences[ending])
}
