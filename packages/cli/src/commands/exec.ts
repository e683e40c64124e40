import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { fileURLToPath } from 'node:url'
import type { RunningServer } from '@groundlevel/server'
import { dataFolder } from '../data-folder.js'
import { type Front, highLevelHosts, openFront } from '../exec/front.js'
import { Failure } from '../failure.js'
import { findServer, type ServerOptions } from '../find-server.js'
import type { Io } from '../io.js'

/** Found from dist/commands/, where this is compiled to, and from bundle/. */
const preload = (): string => {
  const path = ['../../bin/preload.cjs', '../bin/preload.cjs']
    .map((each) => fileURLToPath(new URL(each, import.meta.url)))
    .find(existsSync)
  if (path === undefined) throw new Failure('bin/preload.cjs of the groundlevel package is missing: install it again.')
  return path
}

/** What tells programs whom to trust, and whom besides. */
const trustVariables = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'] as const
const extraVariables = ['NODE_EXTRA_CA_CERTS', 'DENO_CERT'] as const
const proxyVariables = ['HTTPS_PROXY', 'https_proxy'] as const

const kept = async (path: string | undefined) => (path ? await readFile(path, 'utf8').catch(() => '') : '')

/** Writes the files that the variables name: the authority, and with it whom the program has trusted so far. */
const writeTrust = async (folder: string, authority: string, env: Io['env']): Promise<Record<string, string>> => {
  const files: Record<string, string> = {}
  const write = async (names: readonly string[], file: string, more: readonly string[]) => {
    const others = await Promise.all(names.map((name) => kept(env[name])))
    await writeFile(join(folder, file), [authority, ...more, ...new Set(others)].join('\n'))
    for (const name of names) files[name] = join(folder, file)
  }
  await write(trustVariables, 'trusted.pem', rootCertificates)
  await write(extraVariables, 'besides.pem', [])
  return files
}

/** The environment in which HighLevel's hosts are answered by the front. */
const environmentOf = async (front: Front, serverUrl: string, folder: string, { env, err }: Pick<Io, 'env' | 'err'>) => {
  const set: Record<string, string> = {
    ...(await writeTrust(folder, front.authority, env)),
    GROUNDLEVEL_URL: serverUrl,
    GROUNDLEVEL_EXEC: JSON.stringify({ hosts: highLevelHosts, port: front.tlsPort, authority: front.authority }),
    NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(preload())}`.trim(),
  }
  if (proxyVariables.some((name) => env[name]))
    err('HTTPS_PROXY is set and stays as it is: of this command’s programs only those of Node reach Groundlevel.')
  else for (const name of proxyVariables) set[name] = front.proxyUrl
  return { ...env, ...set }
}

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
    const name = (signal.reason as Error).message === 'SIGINT' ? 'SIGINT' : 'SIGTERM'
    if (name === 'SIGTERM' || !process.stdin.isTTY) child.kill(name)
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

/** Runs a program for which HighLevel's hosts are this server, unmodified. Resolves with its exit code. */
export const exec = async (command: readonly string[], options: ServerOptions, io: Io): Promise<number> => {
  const server = await serverFor(options, io)
  try {
    if (!server.url.startsWith('http://'))
      throw new Failure(`exec answers for a server that speaks plain http, such as http://127.0.0.1:4000, not ${server.url}.`, 2)
    const folder = await mkdtemp(join(tmpdir(), 'groundlevel-exec-'))
    const front = await openFront(server.url)
    try {
      return await runProgram(command, await environmentOf(front, server.url, folder, io), io)
    } finally {
      await front.close()
      await rm(folder, { recursive: true, force: true })
    }
  } finally {
    await server.stop()
  }
}
