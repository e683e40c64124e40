import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, type Running, startChild } from './child.js'

const folder = 'bench/peers'
/** HighLevel's own contacts document; not part of this repository. */
const contactsDocument = '../shared/highlevel-api/apps/contacts.json'

/** Prism and json-server live outside the workspace and are installed when they are first wanted. */
const installed = () => {
  if (existsSync(join(folder, 'node_modules'))) return true
  console.error('Installing the peers (once) …')
  return (
    spawnSync('npm', ['ci', '--prefix', folder, '--no-audit', '--no-fund'], { stdio: ['ignore', 'ignore', 'inherit'] }).status ===
    0
  )
}

export const startBareHttp = (contact: object) =>
  startChild({ args: [`${folder}/bare-http.mjs`], env: { CONTACT: JSON.stringify(contact) }, ready: /ready (http\S+)/ })

export const startBarePg = (databaseUrl: string, location: string) =>
  startChild({
    args: [`${folder}/bare-pg.mjs`],
    env: { DATABASE_URL: databaseUrl, LOCATION: location },
    ready: /ready (http\S+)/,
  })

/** A mock out of the official document, where that is at hand. */
export const startPrism = async (): Promise<Running | undefined> => {
  if (!existsSync(contactsDocument) || !installed()) return undefined
  const port = await freePort()
  const program = `${folder}/node_modules/@stoplight/prism-cli/dist/index.js`
  const args = [program, 'mock', contactsDocument, '-p', String(port), '-h', '127.0.0.1', '-m', 'false', '-v', 'warn']
  return startChild({ args, ready: `http://127.0.0.1:${port}` })
}

export const startJsonServer = async (contacts: readonly object[], scratch: string): Promise<Running | undefined> => {
  if (!installed()) return undefined
  const port = await freePort()
  const database = join(scratch, 'json-server.json')
  writeFileSync(database, JSON.stringify({ contacts }))
  const args = [
    `${folder}/node_modules/json-server/lib/cli/bin.js`,
    database,
    '--port',
    String(port),
    '--host',
    '127.0.0.1',
    '--quiet',
  ]
  return startChild({ args, ready: `http://127.0.0.1:${port}` })
}
