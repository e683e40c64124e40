import { type Choice, consent } from '../consent.js'
import { demoWorld, personOf } from '../demo-world.js'
import { Failure } from '../failure.js'
import { findServer, type ServerOptions } from '../find-server.js'
import { type Io, printJson } from '../io.js'
import { signIn } from '../session.js'

export interface InstallOptions extends ServerOptions {
  readonly clientId: string
  readonly location?: readonly string[]
  readonly company?: string
  readonly all?: boolean
  readonly future?: boolean
  readonly json?: boolean
}

/** @throws Failure (usage) for a choice that the synopsis does not have. */
export const choiceOf = ({ location = [], company, all = false, future = false }: InstallOptions): Choice => {
  if (company === undefined && location.length === 0) throw new Failure('Say for whom: --location ID, or --company ID.', 2)
  if (company === undefined && (all || future)) throw new Failure('--all and --future need --company ID.', 2)
  if (all && location.length > 0) throw new Failure('Use --all or --location, not both.', 2)
  if (future && !all) throw new Failure('--future goes with --all.', 2)
  return { locationIds: location, all, future, ...(company === undefined ? {} : { companyId: company }) }
}

/** A real consent as the demo agency's admin; prints the code and where the browser would have landed. */
export const install = async (options: InstallOptions, io: Io): Promise<void> => {
  const choice = choiceOf(options)
  const url = await findServer(options, io)
  const session = await signIn(url, personOf(await demoWorld(url), 'agency-admin'))
  const { code, redirectUrl } = await consent(session, options.clientId, choice)
  if (options.json) return printJson(io, { code, redirectUrl })
  io.out(`Code  ${code}`)
  io.out(`Lands on  ${redirectUrl}`)
}
