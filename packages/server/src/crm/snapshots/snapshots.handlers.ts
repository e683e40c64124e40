import { found, missing } from '@groundlevel/contract-kit'
import { snapshots as contract } from '@groundlevel/contracts'
import type { AssetKind } from '../../database/assets.sql.js'
import type { Db } from '../../database/wire.js'
import { implement } from '../../http/implement.js'
import { newId } from '../../ids.js'
import { changesBetween, countsByDay, countsByKind, countsOf } from './changes.rules.js'
import { demandLocation, type SnapshotPorts } from './ports.js'
import { type Kept, kindsOf } from './snapshots.rules.js'
import { assetsOf, snapshotsOf } from './snapshots.sql.js'

const thing = 'Snapshot'

/** Everything that a sub-account has set up, kind by kind. */
const takeAssets = async (kinds: readonly AssetKind[], db: Db, locationId: string): Promise<Kept[]> => {
  const all: Kept[] = []
  for (const { kind, list } of kinds) for (const asset of await list(db, locationId)) all.push({ ...asset, kind })
  return all
}

/** Takes a snapshot of a sub-account, of some kinds of things. @returns its id */
export const takeSnapshot = async (
  kinds: readonly AssetKind[],
  db: Db,
  { companyId, locationId, name }: { readonly companyId: string; readonly locationId: string; readonly name: string },
  now: Date,
): Promise<string> => {
  const id = newId(now)
  const assets = await takeAssets(kinds, db, locationId)
  await snapshotsOf(db, companyId).add({ id, name, sourceLocationId: locationId, type: 'own' }, assets, now)
  return id
}

const headOf = ({ id, name, dateAdded }: { id: string; name: string; dateAdded: Date }) => ({
  id,
  name,
  dateAdded: dateAdded.toISOString(),
})

const bound = ({ db, companyId }: { readonly db: Db; readonly companyId: string }) => ({
  snapshots: snapshotsOf(db, companyId),
})

export const snapshotHandlers = ({ kinds, location }: Pick<SnapshotPorts, 'kinds' | 'location'>) => {
  return implement(contract.snapshot, bound, {
    list: async (_given, { snapshots }) => ({ snapshots: await snapshots.list() }),

    history: async ({ query }, { snapshots }) => ({ snapshots: await snapshots.history(query) }),

    create: async ({ body: { locationId, name, families } }, { snapshots, db, companyId, now }) => {
      await demandLocation({ location }, locationId, companyId)
      const asked = families ? new Set(kindsOf(families)) : undefined
      const taken = asked ? kinds.filter(({ kind }) => asked.has(kind)) : kinds
      const id = await takeSnapshot(taken, db, { companyId, locationId, name }, now)
      return { snapshot: found(await snapshots.find(id), thing) }
    },

    get: async ({ snapshotId }, { snapshots }) => ({ snapshot: found(await snapshots.find(snapshotId), thing) }),

    compare: async ({ snapshotId, otherId }, { snapshots, db }) => {
      const [from, to] = [found(await snapshots.row(snapshotId), thing), found(await snapshots.row(otherId), thing)]
      const [before, after] = [await assetsOf(db, snapshotId), await assetsOf(db, otherId)]
      const changes = changesBetween(before, after)
      return {
        from: headOf(from),
        to: headOf(to),
        changes,
        counts: countsOf(changes),
        byKind: countsByKind(changes),
        byDay: countsByDay(changes, after),
      }
    },

    remove: async ({ snapshotId }, { snapshots }) => {
      if (!(await snapshots.remove(snapshotId))) throw missing(thing)
      return { succeded: true, succeeded: true }
    },
  })
}
