import { createClient, NotFound } from '@groundlevel/app-kit'
import { Failure } from '../failure.js'
import { findServer, type ServerOptions } from '../find-server.js'
import { type Io, printJson } from '../io.js'
import { portalHeaders } from '../session.js'

export interface ClockOptions extends ServerOptions {
  /** A length: `36h`, `2d12h`. */
  readonly advance?: string
  /** A moment, ISO 8601. */
  readonly to?: string
  readonly json?: boolean
}

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** Milliseconds of `2d`, `36h`, `1d12h30m`. @throws Failure for what is none */
export const lengthMs = (text: string): number => {
  const parts = [...text.matchAll(/(\d+)([smhdw])/g)]
  const ms = parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitMs[unit] ?? 0), 0)
  if (ms === 0 || parts.map(([part]) => part).join('') !== text)
    throw new Failure(`--advance is ${JSON.stringify(text)}; use a length such as 90m, 36h, 2d or 1w2d.`, 2)
  return ms
}

const momentOf = (text: string): string => {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new Failure(`--to is ${JSON.stringify(text)}; use a moment such as 2031-05-01T09:00:00Z.`, 2)
  return new Date(at).toISOString()
}

const bodyOf = ({ advance, to }: ClockOptions) => {
  if (advance !== undefined && to !== undefined) throw new Failure('Use --advance or --to, not both.', 2)
  if (advance !== undefined) return { byMs: lengthMs(advance) }
  return to === undefined ? undefined : { to: momentOf(to) }
}

/** `2 d 3 h 5 min`. */
const lengthOf = (ms: number): string => {
  const minutes = Math.round(ms / 60_000)
  const parts = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60]
  return parts.flatMap((count, at) => (count > 0 ? [`${count} ${['d', 'h', 'min'][at]}`] : [])).join(' ') || `${ms} ms`
}

/** Prints the time of the server's lab, or lets it go on: reminders, renewals, retries and expiries happen at once. */
export const clock = async (options: ClockOptions, io: Io): Promise<void> => {
  const body = bodyOf(options)
  const url = await findServer(options, io)
  const { lab } = createClient({ baseUrl: url, headers: portalHeaders })
  try {
    const { now, aheadMs } = body ? await lab.clock.advance({ body }) : await lab.clock.get()
    if (options.json) printJson(io, { now, aheadMs })
    else io.out(aheadMs === 0 ? `${now}, the time of this machine` : `${now}, ${lengthOf(aheadMs)} ahead of this machine`)
  } catch (cause) {
    if (!(cause instanceof NotFound)) throw cause
    throw new Failure(`The server at ${url} has no lab: start one locally, without --production.`, 1, { cause })
  }
}
