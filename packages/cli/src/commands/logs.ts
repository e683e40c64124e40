import { demoWorld, personOf } from '../demo-world.js'
import { Failure } from '../failure.js'
import { findServer, type ServerOptions } from '../find-server.js'
import { type Io, waited } from '../io.js'
import { type Session, signIn } from '../session.js'
import { lineOf, type TimelineRow } from '../timeline.js'

const kinds = ['call', 'event', 'delivery', 'install', 'token'] as const
type Kind = (typeof kinds)[number]

export interface LogsOptions extends ServerOptions {
  readonly follow?: boolean
  readonly app?: string
  readonly kind?: string
  readonly json?: boolean
  readonly limit?: string
}

const pollMs = 1000
/** Rows of one look, the most that the server gives: more than arrive between two looks. */
const window = 200

const kindOf = (text: string | undefined): Kind | undefined => {
  const kind = kinds.find((each) => each === text?.toLowerCase())
  if (text !== undefined && kind === undefined)
    throw new Failure(`--kind is ${JSON.stringify(text)}; use one of ${kinds.join(', ')}.`, 2)
  return kind
}

const limitOf = (text = '50'): number => {
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1 || limit > window)
    throw new Failure(`--limit is ${JSON.stringify(text)}; use a whole number from 1 to ${window}.`, 2)
  return limit
}

/** An app by its id or its name, whatever the case. */
const appIdOf = async (session: Session, text: string): Promise<string> => {
  const { apps } = await session.client.apps.app.list()
  const app = apps.find(({ id, name }) => id === text || name.toLowerCase() === text.toLowerCase())
  if (app === undefined)
    throw new Failure(`There is no app ${JSON.stringify(text)} among ${apps.map(({ name }) => name).join(', ') || 'none'}.`)
  return app.id
}

// A waiting row is printed again once it has ended, an unchanged one never.
const stateOf = ({ kind, id, outcome, status }: TimelineRow) => `${kind}:${id}:${outcome}:${status}`

/** What the demo developer's apps did and were sent, oldest first; with --follow until the person stops it. */
export const logs = async (options: LogsOptions, io: Io): Promise<void> => {
  const [kind, limit] = [kindOf(options.kind), limitOf(options.limit)]
  const url = await findServer(options, io)
  const session = await signIn(url, personOf(await demoWorld(url), 'developer'))
  const appId = options.app === undefined ? undefined : await appIdOf(session, options.app)
  const query = { limit: window, ...(kind ? { kind } : {}), ...(appId ? { appId } : {}) }
  const known = new Set<string>()
  let show = limit
  do {
    const rows = (await session.client.timeline.rows.list({ query })).rows.toReversed()
    const fresh = rows.filter((row) => !known.has(stateOf(row)))
    for (const row of fresh.slice(-show)) io.out(options.json ? JSON.stringify(row) : lineOf(row))
    for (const row of fresh) known.add(stateOf(row))
    show = window
  } while (options.follow && (await waited(pollMs, io.signal)))
}
