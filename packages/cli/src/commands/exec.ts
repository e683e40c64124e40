import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunningServer } from '@groundlevel/server'
import { dataFolder } from '../data-folder.js'
import { type Front, highLevelHosts, openFront } from '../exec/front.js'
import { ownAddress, portFailure, withOwnHosts } from '../exec/own-hosts.js'
import { type Trust, writeTrust } from '../exec/trust.js'
import { Failure } from '../failure.js'
import { findServer, type ServerOptions } from '../find-server.js'
import type { Io } from '../io.js'
import { stopOf } from '../stopping.js'

/** Found from dist/commands/, where this is compiled to, and from bundle/. */
const preload = (): string => {
  const path = ['../../bin/preload.cjs', '../bin/preload.cjs']
    .map((each) => fileURLToPath(new URL(each, import.meta.url)))
    .find(existsSync)
  if (path === undefined) throw new Failure('bin/preload.cjs of the groundlevel package is missing: install it again.')
  return path
}

const proxyVariables = ['HTTPS_PROXY', 'https_proxy'] as const

/** Appended: of two that say the same the last counts, and the program's own command line comes later still. */
const javaOptions = (env: Io['env'], properties: Readonly<Record<string, string>>) => ({
  JAVA_TOOL_OPTIONS: [env.JAVA_TOOL_OPTIONS ?? '', ...Object.entries(properties).map(([name, value]) => `"-D${name}=${value}"`)]
    .join(' ')
    .trim(),
})

const javaTrust = ({ javaStore }: Trust) => ({ 'javax.net.ssl.trustStore': javaStore, 'javax.net.ssl.trustStoreType': 'JKS' })

/** Not ::1: some versions of Python's httpx end with an error when they read it. */
const here = ['localhost', '127.0.0.1']

/** Hosts that no proxy is asked for, besides those that are none already. */
const withoutProxy = (env: Io['env'], hosts: readonly string[]) => {
  const list = [env.no_proxy ?? env.NO_PROXY ?? '', ...hosts].filter(Boolean).join(',')
  return { no_proxy: list, NO_PROXY: list }
}

/** By proxy, and for Node, whose programs mostly read no such variable, by a preload. */
const byProxy = (front: Front, trust: Trust, { env, err }: Pick<Io, 'env' | 'err'>): Record<string, string> => {
  const { hostname, port } = new URL(front.proxyUrl)
  const set: Record<string, string> = {
    GROUNDLEVEL_EXEC: JSON.stringify({ hosts: highLevelHosts, port: front.tlsPort, authority: front.authority }),
    NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(preload())}`.trim(),
    ...javaOptions(env, { ...javaTrust(trust), 'https.proxyHost': hostname, 'https.proxyPort': port }),
  }
  if (proxyVariables.some((name) => env[name])) {
    err(
      'HTTPS_PROXY is set and stays as it is: of this command’s programs only those of Node and Java reach Groundlevel, with --hosts all.',
    )
    return set
  }
  for (const name of proxyVariables) set[name] = front.proxyUrl
  // Perl's LWP and Mojolicious look at them only when they are told to.
  for (const name of ['PERL_LWP_ENV_PROXY', 'MOJO_PROXY']) set[name] = '1'
  // Ruby looks for the proxy of https under this name.
  return env.http_proxy ? set : { ...set, http_proxy: front.proxyUrl, ...withoutProxy(env, here) }
}

/** By a hosts file: no proxy may come between. */
const byHosts = (trust: Trust, env: Io['env']): Record<string, string> => ({
  ...javaOptions(env, javaTrust(trust)),
  ...withoutProxy(env, highLevelHosts),
})

const sentenceOf = (error: NodeJS.ErrnoException, program: string) =>
  error.code === 'ENOENT' ? `There is no program ${program}.` : `${program} cannot be run: ${error.message}`

/** As shells say it: 128 and the signal's number for a program that a signal ended, 127 for one that is not there, 126 for one that cannot run. */
const ended = (child: ChildProcess, program: string, err: Io['err']) =>
  new Promise<number>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      err(sentenceOf(error, program))
      resolve(error.code === 'ENOENT' ? 127 : 126)
    })
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']))
  })

const runProgram = async ([program = '', ...args]: readonly string[], env: NodeJS.ProcessEnv, { err, signal }: Io) => {
  const child = spawn(program, args, { env, stdio: 'inherit' })
  // A terminal sends its interrupt to every program of the line, and many take a second one for impatience.
  const stop = () => {
    const name = stopOf(signal)
    if (name !== 'SIGINT' || !process.stdin.isTTY) child.kill(name)
  }
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    return await ended(child, program, err)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** The environment is the program's: its DATABASE_URL, PORT or HOST are not meant for us. */
const ownSettings = (env: Io['env']) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('GROUNDLEVEL_')))

/** The server that is meant, or one for as long as the program runs, where none is. */
const serverFor = async (options: ServerOptions, io: Io): Promise<Pick<RunningServer, 'url' | 'stop'>> => {
  try {
    return { url: await findServer(options, io), stop: async () => {} }
  } catch (error) {
    if (!(error instanceof Failure) || options.url !== undefined || io.env.GROUNDLEVEL_URL) throw error
    // Loading the server is most of what this command would cost, and mostly there is one.
    const { readConfig, start } = await import('@groundlevel/server')
    const server = await start(readConfig({ port: '0', data: dataFolder(options.data, io.env) }, ownSettings(io.env)), io.err)
    io.err(`Groundlevel for this command: ${server.url}`)
    return server
  }
}

interface ExecOptions extends ServerOptions {
  readonly hosts?: boolean
}

/** Runs the program with the front of that server, which is there for no longer. */
const withFront = async (command: readonly string[], url: string, hosts: boolean, io: Io): Promise<number> => {
  const address = hosts ? ownAddress() : undefined
  const front = await openFront(url, address ? { address, port: 443 } : undefined).catch((error) => {
    throw portFailure(error)
  })
  const folder = await mkdtemp(join(tmpdir(), 'groundlevel-exec-'))
  try {
    // Others may have to read it: a program that gives up root, one under another user.
    await chmod(folder, 0o755)
    const trust = await writeTrust(folder, front.authority, io.env)
    const way = address ? byHosts(trust, io.env) : byProxy(front, trust, io)
    const env = { ...io.env, ...trust.variables, ...way, GROUNDLEVEL_URL: url }
    const whole = address
      ? await withOwnHosts(command, { folder, hosts: highLevelHosts, address, bundle: trust.bundle })
      : command
    return await runProgram(whole, env, io)
  } finally {
    await front.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const noCommand = `exec runs a program for which HighLevel's hosts are this server: say which one. For example:

  groundlevel exec -- npm test
  groundlevel exec -- python sync.py
  groundlevel exec -- curl -i https://services.leadconnectorhq.com/contacts/`

/** Runs a program for which HighLevel's hosts are this server, unmodified. Resolves with its exit code. */
export const exec = async (command: readonly string[], { hosts = false, ...options }: ExecOptions, io: Io): Promise<number> => {
  if (command.length === 0) throw new Failure(noCommand, 2)
  if (hosts && process.platform !== 'linux')
    throw new Failure('exec --hosts is for Linux: elsewhere no program has a hosts file of its own.', 2)
  const server = await serverFor(options, io)
  try {
    if (!server.url.startsWith('http://'))
      throw new Failure(`exec answers for a server that speaks plain http, such as http://127.0.0.1:4000, not ${server.url}.`, 2)
    return await withFront(command, server.url, hosts, io)
  } finally {
    await server.stop()
  }
}
