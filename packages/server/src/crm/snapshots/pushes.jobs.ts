import type { Job } from '../../background/ticker.js'
import type { AssetKind } from '../../database/assets.sql.js'
import type { Db } from '../../database/wire.js'
import { advancePush, type DuePush, duePush } from './pushes.sql.js'
import { forPlace } from './snapshots.rules.js'
import { assetsOf } from './snapshots.sql.js'

/** What pushing asks of others. */
export interface PushParts {
  readonly db: Db
  /** In the order in which they are brought: what something refers to comes before it. */
  readonly kinds: readonly AssetKind[]
  say(line: string): void
}

const stepsARun = 1000

/** Brings one kind of a push, and says so, in one transaction: a node that is killed has brought all of it or nothing. */
const step = async (db: Db, push: DuePush, { kinds }: PushParts, now: Date): Promise<void> => {
  const [kind, ...rest] = push.pending
  const ids = new Map(Object.entries(push.ids as Record<string, string>))
  const mover = kinds.find((each) => each.kind === kind)
  if (mover && kind) {
    const assets = (await assetsOf(db, push.snapshotId, kind)).map((asset) => forPlace(asset, ids))
    const override = push.override || push.overrideKinds.includes(kind)
    const put = await mover.put(db, push.locationId, assets, { override, now })
    for (const [from, to] of put) ids.set(from, to)
  }
  await advancePush(db, push, {
    status: rest.length > 0 ? 'processing' : 'completed',
    completed: kind ? [...push.completed, kind] : push.completed,
    pending: rest,
    ids: rest.length > 0 ? JSON.stringify(Object.fromEntries(ids)) : '{}',
    dateUpdated: now,
  })
}

/** @returns whether there was something to do */
const turn = async (parts: PushParts, now: Date): Promise<boolean> => {
  let push: DuePush | undefined
  try {
    return await parts.db.transaction().execute(async (db) => {
      push = await duePush(db)
      if (push) await step(db, push, parts, now)
      return push !== undefined
    })
  } catch (error) {
    if (!push) throw error
    const kind = push.pending[0] ?? 'nothing'
    parts.say(`Push ${push.id} of snapshot ${push.snapshotId} failed at ${kind}: ${(error as Error).message}`)
    await advancePush(parts.db, push, { status: 'failed', problem: `Failed at ${kind}.`, dateUpdated: now })
    return true
  }
}

/** Brings what snapshots hold into sub-accounts, kind by kind. What is done stays done; the rest goes on after a restart. */
export const pushJob = (parts: PushParts): Job => ({
  name: 'snapshot pushes',
  everyMs: 5000,
  run: async (now) => {
    for (let steps = 0; steps < stepsARun; steps++) if (!(await turn(parts, now))) return
  },
})
