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

const kindOf = (text: string | undefined): Kind | undefined => {
  const kind = kinds.find((each) => each === text?.toLowerCase())
  if (text !== undefined && kind === undefined)
    throw new Failure(`--kind is ${JSON.stringify(text)}; use one of ${kinds.join(', ')}.`, 2)
  return kind
}

const limitOf = (text = '50'): number => {
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1 || limit > 200)
    throw new Failure(`--limit is ${JSON.stringify(text)}; use a whole number from 1 to 200.`, 2)
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
  const printed = new Set<string>()
  do {
    const { rows } = await session.client.timeline.rows.list({
      query: { limit, ...(kind ? { kind } : {}), ...(appId ? { appId } : {}) },
    })
    for (const row of rows.toReversed()) {
      if (printed.has(stateOf(row))) continue
      printed.add(stateOf(row))
      io.out(options.json ? JSON.stringify(row) : lineOf(row))
    }
  } while (options.follow && (await waited(pollMs, io.signal)))
}
