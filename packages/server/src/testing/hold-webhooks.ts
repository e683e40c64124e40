import { readConfig } from '../config.js'
import { openDatabase, openPool } from '../database/pool.js'
import { loadSigningKeys } from '../keys/index.js'
import { createClock } from '../lab/clock.js'
import { createWebhooks, type WebhookPorts } from '../webhooks/index.js'
import type { Subscriber } from '../webhooks/ports.js'

/** A process that fans out and delivers until it is killed: `node --import tsx hold-webhooks.ts JSON`. */
export interface Held {
  readonly databaseUrl: string
  readonly dataDir: string
  readonly secretHex: string
  readonly url: string
  readonly install: Subscriber
}

const { databaseUrl, dataDir, secretHex, url, install }: Held = JSON.parse(process.argv[2] ?? '')

const ports: WebhookPorts = {
  installsFor: async () => [install],
  install: async () => install,
  liveInstalls: async (ids) => new Set(ids),
  installsOfApp: async () => [install],
  app: async () => ({ versionId: install.versionId, webhookUrl: url }),
  eventSettings: async () => [],
  deliveryUrls: async () => [],
  developerOwns: async () => true,
  appIdsOf: async () => [install.appId],
  companyOf: async () => install.companyId,
  sampleContact: async () => undefined,
}
const say = (line: string) => void process.stderr.write(`${line}\n`)
const pool = await openPool(databaseUrl, { max: 4, onError: (error) => say(error.message) })
const services = {
  db: openDatabase(pool),
  clock: createClock(),
  config: readConfig({ data: dataDir }, {}),
  secret: Buffer.from(secretHex, 'hex'),
  say,
}
const webhooks = createWebhooks(services, { keys: await loadSigningKeys(services), ports })
webhooks.start()
process.stdout.write('ready\n')
