import { found } from '@groundlevel/contract-kit'
import { snapshots as contract, type SnapshotFamily } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { implement } from '../../http/implement.js'
import { newId } from '../../ids.js'
import { demandLocation, type SnapshotPorts } from './ports.js'
import { pushesOf } from './pushes.sql.js'
import { kindsOf, momentIn } from './snapshots.rules.js'
import { snapshotsOf } from './snapshots.sql.js'

const thing = 'Snapshot'

/** Asks for a push of a snapshot to sub-accounts, which a job then does. @returns the ids of the pushes, in the order of the sub-accounts */
export const requestPushes = async (
  { kinds }: Pick<SnapshotPorts, 'kinds'>,
  db: Db,
  push: {
    readonly companyId: string
    readonly snapshotId: string
    readonly locationIds: readonly string[]
    readonly override: boolean
    readonly overrideFamilies?: readonly SnapshotFamily[] | undefined
    readonly families?: readonly SnapshotFamily[] | undefined
  },
  now: Date,
): Promise<string[]> => {
  const { companyId, snapshotId, override } = push
  const asked = push.families && new Set(kindsOf(push.families))
  const pending = kinds.map(({ kind }) => kind).filter((kind) => asked?.has(kind) ?? true)
  const overrideKinds = kindsOf(push.overrideFamilies ?? [])
  const about = { snapshotId, override, overrideKinds, pending }
  const rows = push.locationIds.map((locationId) => ({ id: newId(now), locationId, ...about }))
  await pushesOf(db, companyId).add(rows, now)
  return rows.map(({ id }) => id)
}

const bound = ({ db, companyId }: { readonly db: Db; readonly companyId: string }) => ({
  snapshots: snapshotsOf(db, companyId),
  pushes: pushesOf(db, companyId),
})

export const pushHandlers = ({ kinds, location, wake }: Pick<SnapshotPorts, 'kinds' | 'location' | 'wake'>) =>
  implement(contract.push, bound, {
    list: async ({ snapshotId, query: { from, to, lastDoc, limit } }, { snapshots, pushes }) => {
      found(await snapshots.row(snapshotId), thing)
      const range = { from: from ? momentIn(from, 'from') : undefined, to: to ? momentIn(to, 'to') : undefined }
      return { data: await pushes.list(snapshotId, { ...range, lastDoc }, limit) }
    },
    latest: async ({ snapshotId, locationId }, { snapshots, pushes }) => {
      found(await snapshots.row(snapshotId), thing)
      return { data: found(await pushes.latest(snapshotId, locationId), 'Snapshot push') }
    },
    create: async ({ snapshotId, body: { locationIds, ...how } }, { snapshots, pushes, db, companyId, now, afterCommit }) => {
      found(await snapshots.hold(snapshotId), thing)
      const targets = [...new Set(locationIds)]
      for (const id of targets) await demandLocation({ location }, id, companyId)
      const ids = await requestPushes({ kinds }, db, { ...how, companyId, snapshotId, locationIds: targets }, now)
      afterCommit(wake)
      return { id: ids[0] ?? '', pushes: await pushes.several(ids) }
    },
  })
