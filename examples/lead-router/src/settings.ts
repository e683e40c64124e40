import { createClient } from '@groundlevel/app-kit'

/** An app's client key. */
export interface ClientKey {
  readonly name: string
  readonly clientId: string
  readonly clientSecret: string
}

/** Everything this example is told from outside. */
export interface Settings {
  /** Where it listens, on 127.0.0.1. `PORT`, default 4100. */
  readonly port: number
  /** The platform. `GROUNDLEVEL_URL`, default http://127.0.0.1:4000. */
  readonly platformUrl: string
  /** `CLIENT_ID` and `CLIENT_SECRET`; undefined: asked of the demo world of a local start. */
  readonly key: ClientKey | undefined
  /** Folder to keep tokens in. `TOKENS`; undefined: they are gone when the process ends. */
  readonly tokensFolder: string | undefined
}

/** @throws Error one sentence that names the setting and what to set. */
export const readSettings = (env: Readonly<Record<string, string | undefined>>): Settings => {
  const port = Number(env.PORT || 4100)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT is ${JSON.stringify(env.PORT)}; use a whole number from 0 to 65535.`)
  const platformUrl = env.GROUNDLEVEL_URL || 'http://127.0.0.1:4000'
  if (!URL.canParse(platformUrl))
    throw new Error(`GROUNDLEVEL_URL is ${JSON.stringify(platformUrl)}; use an address such as http://127.0.0.1:4000.`)
  const { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret } = env
  if (!clientId !== !clientSecret) throw new Error('Set both CLIENT_ID and CLIENT_SECRET, or neither on a local start.')
  return {
    port,
    platformUrl: platformUrl.replace(/\/+$/, ''),
    key: clientId && clientSecret ? { name: 'Lead Router', clientId, clientSecret } : undefined,
    tokensFolder: env.TOKENS || undefined,
  }
}

/** Whether the platform runs on this machine, so that a person may try another key on the page. */
export const isLocal = ({ platformUrl }: Settings): boolean =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(platformUrl).hostname)

/** Lead Router's own key in the demo world of a local start; undefined while there is none. */
export const demoKey = async ({ platformUrl }: Settings): Promise<ClientKey | undefined> => {
  try {
    const { apps } = await createClient({ baseUrl: platformUrl, timeoutMs: 3000 }).lab.demo.get()
    const app = apps.find(({ targetUser }) => targetUser === 'location')
    return app && { name: app.name, clientId: app.clientId, clientSecret: app.clientSecret }
  } catch {
    // Not up yet, or started without a demo world: asked again with the next page.
    return undefined
  }
}
