import { pushJob } from '../crm/snapshots/index.js'
import { openDatabase, openPool } from '../database/pool.js'
import { createClock } from '../lab/clock.js'
import { assetKinds } from '../rooms/snapshots.js'

/** A process that pushes snapshots and stops in the middle of one kind until it is killed: `node --import tsx hold-push.ts JSON`. */
export interface HeldPush {
  readonly databaseUrl: string
  /** The kind whose rows are written, and not committed. */
  readonly kind: string
}

const { databaseUrl, kind }: HeldPush = JSON.parse(process.argv[2] ?? '')
const say = (line: string) => void process.stderr.write(`${line}\n`)
const db = openDatabase(await openPool(databaseUrl, { max: 2, onError: (error) => say(error.message) }))
const kinds = assetKinds.map((each) => ({
  ...each,
  put: async (...given: Parameters<typeof each.put>) => {
    const ids = await each.put(...given)
    if (each.kind !== kind) return ids
    process.stdout.write('held\n')
    return new Promise<never>(() => {})
  },
}))
await pushJob({ db, kinds, say }).run(createClock().now())
