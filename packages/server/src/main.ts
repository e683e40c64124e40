import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { FastifyInstance } from 'fastify'
import { isFirstStart, openEverything } from './boot/database.js'
import { readSecret } from './boot/secret.js'
import { removeServerFile, writeServerFile } from './boot/server-file.js'
import { type Config, ConfigError, type Flags, readConfig } from './config.js'
import { exitCodes, StartError } from './database/start-error.js'
import type { ReplyChecking } from './http/steps/check-reply.js'
import { createClock } from './lab/clock.js'
import { clockAheadMs } from './lab/clock.sql.js'
import type { Rooms } from './rooms.js'
import type { Services } from './services.js'
import { setUpCode } from './set-up-code.js'

const webDir = fileURLToPath(new URL('../../web/dist/', import.meta.url))
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

/** A server that answers. */
export interface RunningServer {
  readonly url: string
  /** Settles with a sentence when the server must end although nobody asked: its database is gone. */
  readonly failed: Promise<string>
  /** Answers what is under way, hands over what is due, stops the database. */
  stop(): Promise<void>
}

const listen = async (app: FastifyInstance, { host, port }: Config) => {
  try {
    await app.listen({ host, port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') {
      throw new StartError(
        `Port ${port} on ${host} is taken by another program: stop it, or choose another with --port or PORT.`,
        exitCodes.unavailable,
      )
    }
    if (code === 'EACCES')
      throw new StartError(
        `This account may not listen on port ${port}: choose one above 1023 with --port or PORT.`,
        exitCodes.setting,
      )
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new StartError(
        `${host} is no address of this machine: set HOST to 127.0.0.1, or to 0.0.0.0 for all of them.`,
        exitCodes.setting,
      )
    }
    throw error
  }
}

/** What has begun must end again, or the process would live on beside its own exit code. */
const startRooms = async (rooms: Rooms, close: () => Promise<void>) => {
  try {
    await rooms.start()
  } catch (error) {
    await close()
    await rooms.stop()
    throw error
  }
}

const hostOf = ({ host }: Config) => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host)

/** Key pairs and hashed passwords: a quarter of a second of work, which a first start has while its database cluster is being made. */
const firstThings = ({ seed }: Config) => {
  const firstPairs = import('./keys/index.js').then(({ makeFirstPairs }) => makeFirstPairs())
  if (seed !== 'demo') return { firstPairs }
  const firstPeople = Promise.all([import('./identity/index.js'), import('./lab/index.js')]).then(
    ([{ createPasswords }, { makeDemoPeople }]) => makeDemoPeople(createPasswords()),
  )
  // Whoever waits for them hears of a failure; a start that ends before that must not.
  firstPeople.catch(() => {})
  return { firstPairs, firstPeople }
}

export interface StartOptions {
  /** Default: one reply in a hundred on a local start, none in production. */
  readonly replyChecking?: ReplyChecking
}

/**
 * Starts the whole product: database, schema, rooms, HTTP, workers.
 *
 * @param say hears one line at a time of what an operator should know
 * @throws StartError one sentence and an exit code
 */
export const start = async (
  config: Config,
  say: (line: string) => void,
  { replyChecking }: StartOptions = {},
): Promise<RunningServer> => {
  // Loading the rooms is work for this process, making a database cluster is work for another: both at once.
  const { firstPairs, firstPeople } = isFirstStart(config) ? firstThings(config) : {}
  const [database, { createRooms }, { createApp }, { closeServer }, { loadShapeCompiler }] = await Promise.all([
    openEverything(config, say),
    import('./rooms.js'),
    import('./http/app.js'),
    import('./http/server.js'),
    import('./http/validate/shape-check.js'),
  ])
  let port = config.port
  const services: Services = {
    config,
    // A live server has no lab, and goes by the machine's time whatever a lab did with its database.
    clock: createClock(config.production ? 0 : await clockAheadMs(database.db)),
    pool: database.pool,
    db: database.db,
    secret: readSecret(config),
    get publicUrl() {
      return config.publicUrl ?? `http://${hostOf(config)}:${port}`
    },
    say,
  }
  try {
    const rooms = await createRooms(services, {
      lookups: database.lookups,
      searches: database.searches,
      version,
      firstPairs: await firstPairs,
      firstPeople,
    })
    if (config.seed === 'demo') await rooms.seedDemo()
    const app = createApp(services, rooms, { webDir, replyChecking: replyChecking ?? (config.production ? 'off' : 'sample') })
    await listen(app, config)
    port = (app.server.address() as AddressInfo).port
    await startRooms(rooms, () => closeServer(app))
    if (replyChecking === 'always') await loadShapeCompiler()
    else setImmediate(loadShapeCompiler)
    writeServerFile(config.dataDir, services.publicUrl)
    if (config.production && !(await rooms.identity.ownerExists()))
      say(
        `Nobody owns this installation yet. Set it up: ${services.publicUrl}/portal/first-run#set-up=${setUpCode(services.secret)}`,
      )
    return {
      url: services.publicUrl,
      failed: database.exited.then(
        (why) => `PostgreSQL ended: ${why ?? 'no reason given'}. See postgres.log in the data folder.`,
      ),
      stop: async () => {
        removeServerFile(config.dataDir)
        await closeServer(app)
        await rooms.stop()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

const flagOptions = {
  host: { type: 'string' },
  port: { type: 'string' },
  data: { type: 'string' },
  'database-url': { type: 'string' },
  'public-url': { type: 'string' },
  'rate-limits': { type: 'string' },
  seed: { type: 'string' },
  extensions: { type: 'string' },
  secret: { type: 'string' },
  'trust-proxy': { type: 'string' },
  'code-ttl': { type: 'string' },
  'log-days': { type: 'string' },
  'event-days': { type: 'string' },
  'workflow-days': { type: 'string' },
  blobs: { type: 'string' },
  's3-endpoint': { type: 'string' },
  's3-region': { type: 'string' },
  's3-key-id': { type: 'string' },
  's3-secret': { type: 'string' },
  'smtp-url': { type: 'string' },
  'mail-from': { type: 'string' },
  'mail-tracking': { type: 'string' },
  'mail-port': { type: 'string' },
  'mail-host': { type: 'string' },
  'mail-domain': { type: 'string' },
  production: { type: 'boolean' },
} as const

const readFlags = (argv: readonly string[]): Flags => {
  try {
    return parseArgs({ args: [...argv], options: flagOptions, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw new ConfigError((error as Error).message)
  }
}

const nextSignal = () =>
  new Promise<'signal'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve('signal'))
  })

/** What `runServer` needs of its surroundings. */
export interface RunOptions {
  /** Flags, each the twin of a setting in config.ts. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** Called once the server answers. */
  readonly onReady?: (url: string) => void
}

/** Runs the server until a signal or a failure ends it. Prints the ready line on stdout, everything else on stderr. */
export const runServer = async ({ argv, env, onReady }: RunOptions): Promise<number> => {
  const say = (line: string) => void process.stderr.write(`${line}\n`)
  const signal = nextSignal()
  try {
    const server = await start(readConfig(readFlags(argv), env), say)
    process.stdout.write(`Groundlevel is ready: ${server.url}\n`)
    onReady?.(server.url)
    const end = await Promise.race([signal, server.failed])
    if (end !== 'signal') say(end)
    await server.stop()
    return end === 'signal' ? 0 : exitCodes.unavailable
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    say(error.message)
    return error.exitCode
  }
}
