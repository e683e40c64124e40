import { found, missing } from '@groundlevel/contract-kit'
import { snapshots as contract } from '@groundlevel/contracts'
import type { AssetKind } from '../../database/assets.sql.js'
import type { Db } from '../../database/wire.js'
import { implement } from '../../http/implement.js'
import { newId } from '../../ids.js'
import { changesBetween, countsByDay, countsByKind, countsOf, type Kept, momentIn } from './snapshots.rules.js'
import { assetsOf, pushesOf, snapshotsOf } from './snapshots.sql.js'

const thing = 'Snapshot'

/** What the snapshots room asks of others. */
export interface SnapshotPorts {
  readonly kinds: readonly AssetKind[]
  location(id: string): Promise<{ readonly companyId: string } | undefined>
  /** The base of share links. */
  publicUrl(): string
  /** Called once a push is committed. */
  wake(): void
}

const listed = (text: string | undefined) =>
  (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')

/** Everything that a sub-account has set up, kind by kind. */
const takeAssets = async (kinds: readonly AssetKind[], db: Db, locationId: string): Promise<Kept[]> => {
  const all: Kept[] = []
  for (const { kind, list } of kinds) for (const asset of await list(db, locationId)) all.push({ ...asset, kind })
  return all
}

/** Asks for a push of a snapshot to sub-accounts, which a job then does. @returns the ids of the pushes, in the order of the sub-accounts */
export const requestPushes = async (
  { kinds }: Pick<SnapshotPorts, 'kinds'>,
  db: Db,
  push: {
    readonly companyId: string
    readonly snapshotId: string
    readonly locationIds: readonly string[]
    readonly override: boolean
  },
  now: Date,
): Promise<string[]> => {
  const { companyId, snapshotId, override } = push
  const pending = kinds.map(({ kind }) => kind)
  const rows = push.locationIds.map((locationId) => ({ id: newId(now), locationId, snapshotId, override, pending }))
  await pushesOf(db, companyId).add(rows, now)
  return rows.map(({ id }) => id)
}

const headOf = ({ id, name, dateAdded }: { id: string; name: string; dateAdded: Date }) => ({
  id,
  name,
  dateAdded: dateAdded.toISOString(),
})

/** @throws WireError 400 where the agency has no such sub-account */
const demandLocation = async ({ location }: Pick<SnapshotPorts, 'location'>, id: string, companyId: string) => {
  if ((await location(id))?.companyId !== companyId) throw missing('Location')
}

const bound = ({ db, companyId }: { readonly db: Db; readonly companyId: string }) => ({
  snapshots: snapshotsOf(db, companyId),
  pushes: pushesOf(db, companyId),
})

export const snapshotHandlers = ({ kinds, location }: SnapshotPorts) => {
  return implement(contract.snapshot, bound, {
    list: async (_given, { snapshots }) => ({ snapshots: await snapshots.list() }),

    create: async ({ body: { locationId, name } }, { snapshots, db, companyId, now }) => {
      await demandLocation({ location }, locationId, companyId)
      const id = newId(now)
      await snapshots.add({ id, name, sourceLocationId: locationId }, await takeAssets(kinds, db, locationId), now)
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

export const shareHandlers = ({ publicUrl }: SnapshotPorts) =>
  implement(contract.share, bound, {
    create: async ({ body }, { snapshots, now }) => {
      const { id: snapshotId } = found(await snapshots.hold(body.snapshot_id), thing)
      const id = newId(now)
      await snapshots.share({
        id,
        snapshotId,
        shareType: body.share_type,
        relationshipNumbers: listed(body.relationship_number),
        locationIds: listed(body.share_location_id),
        dateAdded: now,
      })
      return { id, shareLink: `${publicUrl()}/share/snapshot/${id}` }
    },
  })

export const pushHandlers = ({ kinds, location, wake }: SnapshotPorts) =>
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
    create: async ({ snapshotId, body: { locationIds, override } }, { snapshots, pushes, db, companyId, now, afterCommit }) => {
      found(await snapshots.hold(snapshotId), thing)
      const targets = [...new Set(locationIds)]
      for (const id of targets) await demandLocation({ location }, id, companyId)
      const ids = await requestPushes({ kinds }, db, { companyId, snapshotId, locationIds: targets, override }, now)
      afterCommit(wake)
      return { id: ids[0] ?? '', pushes: await pushes.several(ids) }
    },
  })
