import { renewalJob } from '../crm/payments/index.js'
import { openDatabase, openPool } from '../database/pool.js'

/** A process that lets subscriptions come round until it is killed: `node --import tsx hold-renewals.ts JSON`. */
export interface HeldRenewals {
  readonly databaseUrl: string
  readonly companyId: string
  readonly now: string
}

const { databaseUrl, companyId, now }: HeldRenewals = JSON.parse(process.argv[2] ?? '')

const say = (line: string) => void process.stderr.write(`${line}\n`)
const db = openDatabase(await openPool(databaseUrl, { max: 2, onError: (error) => say(error.message) }))
const job = renewalJob({ db, location: async () => ({ companyId }), addEvents: async () => {}, wake: () => {}, say })
process.stdout.write('ready\n')
await job.run(new Date(now))
process.stdout.write('done\n')
