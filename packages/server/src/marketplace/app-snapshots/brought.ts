import type { Static } from '@groundlevel/contract-kit'
import type { shapes } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { appSnapshotOf } from './app-snapshots.sql.js'

/** What an app brings along, as whoever is to add it is told. */
export type Brought = Static<typeof shapes.BroughtSnapshot>

/** @param named what a permanent link leads to, undefined where it is revoked */
export const broughtBy =
  (db: Db, named: (db: Db, shareId: string) => Promise<Brought | undefined>) =>
  async (appId: string): Promise<Brought | null> => {
    const shareId = await appSnapshotOf(db, appId).shareId()
    return (shareId !== undefined && (await named(db, shareId))) || null
  }
