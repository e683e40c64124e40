import pg from 'pg'
import type { Connection } from './connection.js'
import { exitCodes, StartError } from './start-error.js'

const oldestVersionNum = 150_000

/**
 * Asks the server once before a pool is built on it, for a pool would report the same mistake later and many times.
 *
 * @throws StartError in one sentence that never holds the password
 */
export async function checkServer(settings: pg.ClientConfig, where: Connection | string): Promise<void> {
  let client: pg.Client
  try {
    client = new pg.Client(settings)
  } catch (cause) {
    throw notAUrl(cause)
  }
  const at = addressOf(client)
  try {
    client.on('error', () => {})
    await client.connect()
    const { rows } = await client.query<{ num: number; version: string }>(
      `select current_setting('server_version_num')::int as num, current_setting('server_version') as version`,
    )
    const [found] = rows
    if (found && found.num < oldestVersionNum) throw tooOld(at, found.version)
  } catch (error) {
    throw connectFailure(error, client, at, typeof where === 'string')
  } finally {
    await client.end().catch(() => {})
  }
}

function addressOf({ host, port }: pg.Client): string {
  return host.startsWith('/') ? host : `${host}:${port}`
}

function connectFailure(error: unknown, { user, database }: pg.Client, at: string, isSetting: boolean): StartError {
  if (error instanceof StartError) return error
  const fix = isSetting ? 'Correct DATABASE_URL.' : 'Start again.'
  const setting = (message: string) => new StartError(`${message} ${fix}`, exitCodes.setting, { cause: error })
  const code = codeOf(error)
  if (code === 'ECONNREFUSED' || code === 'ENOENT')
    return new StartError(`No PostgreSQL answers at ${at}. Start it, or correct DATABASE_URL.`, exitCodes.unavailable, {
      cause: error,
    })
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return setting(`The host of the PostgreSQL server, ${at}, is not known.`)
  if (code === '28P01' || /SASL|password must be/.test(String(error)))
    return setting(`PostgreSQL at ${at} refuses the password of "${user}".`)
  if (code === '28000') return setting(`PostgreSQL at ${at} does not let "${user}" in: its pg_hba.conf, or the role, is missing.`)
  if (code === '3D000')
    return new StartError(
      `PostgreSQL at ${at} has no database "${database}". Create it, or correct DATABASE_URL.`,
      exitCodes.setting,
      { cause: error },
    )
  if (code === '53300') return unavailable(`PostgreSQL at ${at} has no connection left for us. Raise its max_connections.`, error)
  if (code === '57P03') return unavailable(`PostgreSQL at ${at} is still starting. Try again in a moment.`, error)
  const why = error instanceof Error && error.message ? error.message : code
  return new StartError(`PostgreSQL at ${at} cannot be used (${why}). ${fix}`, exitCodes.unavailable, { cause: error })
}

/** A host with several addresses fails with one error that holds the others. */
function codeOf(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error
  return (first as { code?: string } | undefined)?.code ?? ''
}

function unavailable(message: string, cause: unknown): StartError {
  return new StartError(message, exitCodes.tryLater, { cause })
}

function tooOld(at: string, version: string): StartError {
  return new StartError(`PostgreSQL at ${at} is version ${version}; Groundlevel needs 15 or newer.`, exitCodes.setting)
}

/** The text itself stays out of the message: it may hold a password. */
function notAUrl(cause: unknown): StartError {
  const message = 'DATABASE_URL is not a PostgreSQL URL. It looks like postgres://user:password@host:5432/database.'
  return new StartError(message, exitCodes.setting, { cause })
}
