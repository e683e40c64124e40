import { badRequest, found, missing } from '@groundlevel/contract-kit'
import { snapshots as contract } from '@groundlevel/contracts'
import type { Asset } from '../../database/assets.sql.js'
import type { Db } from '../../database/wire.js'
import { implement } from '../../http/implement.js'
import { newId } from '../../ids.js'
import type { SnapshotPorts } from './ports.js'
import { sharedBy, sharesOf, useUp } from './shares.sql.js'
import { admits, idsOf, type Kept, withoutPeople } from './snapshots.rules.js'
import { assetsOf, kindsOf, snapshotsOf } from './snapshots.sql.js'

type SharePorts = Pick<SnapshotPorts, 'location' | 'company' | 'relationshipNumber' | 'peopleAmong' | 'publicUrl'>

const listed = (text: string | undefined) =>
  (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')

/** The link as the document shows one: programs read the id from its query. */
const linkOf = ({ publicUrl }: Pick<SharePorts, 'publicUrl'>, id: string) => `${publicUrl()}/?share=${id}`

const gone = () => missing('Shared snapshot')

/** What a link leads to, for an agency that may open it. @throws WireError 400: for others the link is as one that never was */
const opened = async (ports: SharePorts, db: Db, shareId: string, companyId: string) => {
  const share = await sharedBy(db, shareId)
  if (!share) throw gone()
  const own = share.companyId === companyId
  const places = share.shareType === 'location_link' ? await Promise.all(share.locationIds.map(ports.location)) : []
  const hasLocation = places.some((place) => place?.companyId === companyId)
  const asker = { relationshipNumber: ports.relationshipNumber(companyId), hasLocation }
  const usedUp = share.shareType === 'link' && share.timesUsed > 0
  if (!own && (usedUp || !admits(share, asker))) throw gone()
  return { ...share, own }
}

/** The assets of a snapshot for another agency: without the people of the one that shares it. */
const assetsForOthers = async (ports: SharePorts, db: Db, from: { companyId: string; snapshotId: string }): Promise<Kept[]> => {
  const assets = await assetsOf(db, from.snapshotId)
  const people = await ports.peopleAmong(db, from.companyId, idsOf(assets))
  return assets.map((asset) => ({ ...asset, data: withoutPeople(asset.data, people) as Asset['data'] }))
}

/** What a permanent link leads to, and who shares it; undefined where it is another one, or none. */
export const offeredBy = async (ports: SharePorts, db: Db, shareId: string) => {
  const share = await sharedBy(db, shareId)
  if (share?.shareType !== 'permanent_link') return undefined
  const { name, counts, companyId } = share
  return { shareLink: linkOf(ports, shareId), name, counts, sharedBy: (await ports.company(companyId))?.name ?? '' }
}

/** The same by the names of what it holds. */
export const namedBy = (ports: SharePorts) => async (db: Db, shareId: string) => {
  const share = await sharedBy(db, shareId)
  if (share?.shareType !== 'permanent_link') return undefined
  const { name, snapshotId, companyId } = share
  return { name, sharedBy: (await ports.company(companyId))?.name ?? '', kinds: await kindsOf(db, snapshotId) }
}

/** An agency's snapshot of what an app brings: its own where it is the one that shares it, else a copy, taken once. */
export const copyFor = async (ports: SharePorts, db: Db, to: { shareId: string; companyId: string }, now: Date) => {
  const { shareId, companyId } = to
  const share = await sharedBy(db, shareId)
  if (share?.shareType !== 'permanent_link') return undefined
  if (share.companyId === companyId) return share.snapshotId
  const snapshots = snapshotsOf(db, companyId)
  const known = await snapshots.copyOf(shareId)
  if (known !== undefined || !(await useUp(db, shareId))) return known
  const id = newId(now)
  const assets = await assetsForOthers(ports, db, share)
  await snapshots.add({ id, name: share.name, sourceLocationId: null, type: 'imported', shareId }, assets, now)
  return id
}

const bound = ({ db, companyId }: { readonly db: Db; readonly companyId: string }) => ({
  snapshots: snapshotsOf(db, companyId),
  shares: sharesOf(db, companyId),
})

export const shareHandlers = (ports: SharePorts) =>
  implement(contract.share, bound, {
    create: async ({ body }, { snapshots, shares, now }) => {
      const { id: snapshotId, shareId } = found(await snapshots.hold(body.snapshot_id), 'Snapshot')
      if (shareId) throw badRequest('An app brought this snapshot: it can be pushed, not shared on.')
      const id = newId(now)
      const relationshipNumbers = listed(body.relationship_number)
      await shares.add(
        { id, snapshotId, shareType: body.share_type, relationshipNumbers, locationIds: listed(body.share_location_id) },
        now,
      )
      return { id, shareLink: linkOf(ports, id) }
    },

    list: async ({ snapshotId }, { snapshots, shares }) => {
      found(await snapshots.row(snapshotId), 'Snapshot')
      const rows = await shares.list(snapshotId)
      return {
        shares: rows.map(({ id, shareType, relationshipNumbers, locationIds, timesUsed, dateAdded }) => ({
          id,
          shareLink: linkOf(ports, id),
          share_type: shareType,
          relationship_number: relationshipNumbers.join(','),
          share_location_id: locationIds.join(','),
          timesUsed,
          dateAdded: dateAdded.toISOString(),
        })),
      }
    },

    revoke: async ({ shareId }, { shares }) => {
      if (!(await shares.revoke(shareId))) throw gone()
      return { succeded: true, succeeded: true }
    },

    get: async ({ shareId }, { db, companyId }) => {
      const { id, name, own, counts, shareType, dateAdded, ...share } = await opened(ports, db, shareId, companyId)
      const sharedBy = (await ports.company(share.companyId))?.name ?? ''
      return { shared: { id, name, sharedBy, share_type: shareType, own, counts, dateAdded: dateAdded.toISOString() } }
    },

    import: async ({ shareId, body }, { snapshots, db, companyId, now }) => {
      const share = await opened(ports, db, shareId, companyId)
      if (share.own) throw badRequest('The snapshot is your own agency’s: push it, there is nothing to take.')
      if (!(await useUp(db, shareId))) throw gone()
      const id = newId(now)
      const assets = await assetsForOthers(ports, db, share)
      await snapshots.add({ id, name: body.name ?? share.name, sourceLocationId: null, type: 'imported' }, assets, now)
      return { snapshot: found(await snapshots.find(id), 'Snapshot') }
    },
  })
