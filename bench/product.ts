import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type Running, startChild } from './child.js'

const run = promisify(execFile)
const cli = 'packages/cli/bin/groundlevel.js'

/** What the bench needs of `groundlevel demo --json`. */
export interface DemoWorld {
  readonly locations: readonly { readonly id: string }[]
  readonly apps: readonly { readonly name: string; readonly clientId: string; readonly clientSecret: string }[]
  readonly tokens: { readonly location: string }
}

const version = '2021-07-28'

/** Starts us: rate limits off, no example, data in a folder that the caller removes. */
export const startProduct = (dataDir: string, databaseUrl?: string): Promise<Running> =>
  startChild({
    args: [
      cli,
      'start',
      '--port',
      '0',
      '--data',
      dataDir,
      '--rate-limits',
      'off',
      '--no-example',
      ...(databaseUrl ? ['--database-url', databaseUrl] : []),
    ],
    ready: /Groundlevel is ready: (http\S+)/,
  })

const ask = async (...args: string[]) => JSON.parse((await run(process.execPath, [cli, ...args, '--json'])).stdout) as unknown

export const demoWorld = (url: string) => ask('demo', '--url', url) as Promise<DemoWorld>

/** Headers of a call with a demo token. */
export const headersOf = (token: string) => ({ authorization: `Bearer ${token}`, version })

/** The newest contacts of a location, as the wire has them. */
export const newestContacts = async (url: string, { tokens, locations }: DemoWorld) => {
  const reply = await fetch(`${url}/contacts/?locationId=${locations[0]?.id}&limit=100`, { headers: headersOf(tokens.location) })
  const { contacts = [] } = (await reply.json()) as { contacts?: { id: string }[] }
  if (contacts.length === 0) throw new Error(`the demo world has no contacts: ${reply.status}`)
  return contacts
}

/** Refresh tokens of separate families, each out of a real consent: one a connection, since each use spends it. */
export const refreshTokens = async (url: string, { apps, locations }: DemoWorld, count: number) => {
  const app = apps.find(({ name }) => name === 'Lead Router') ?? apps[0]
  if (!app) throw new Error('the demo world has no app')
  const tokens: string[] = []
  for (let made = 0; made < count; made++) {
    const { code } = (await ask('install', '--url', url, '--client-id', app.clientId, '--location', locations[0]?.id ?? '')) as {
      code: string
    }
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: app.clientId,
      client_secret: app.clientSecret,
      code,
    })
    const reply = (await (await fetch(`${url}/oauth/token`, { method: 'POST', body })).json()) as { refresh_token?: string }
    if (!reply.refresh_token) throw new Error(`no refresh token for a fresh code: ${JSON.stringify(reply)}`)
    tokens.push(reply.refresh_token)
  }
  return { app, tokens }
}
