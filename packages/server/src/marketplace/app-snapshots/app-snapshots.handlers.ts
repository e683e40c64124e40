import { badRequest, found, missing } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { type Implementation, implement } from '../../http/implement.js'
import type { Apps } from '../apps/index.js'
import type { Installs } from '../installs/index.js'
import { appSnapshotOf } from './app-snapshots.sql.js'

/** What a share link leads to, for as many agencies as there are. */
export interface OfferedSnapshot {
  readonly shareLink: string
  readonly name: string
  readonly sharedBy: string
  readonly counts: Readonly<Record<string, number>>
}

export interface AppSnapshotParts {
  readonly apps: Pick<Apps, 'ownApp'>
  readonly installs: Pick<Installs, 'countOfApp'>
  /** What a permanent link leads to; undefined where it is none, or is revoked. */
  offered(db: Db, shareId: string): Promise<OfferedSnapshot | undefined>
}

/** The id in a share link, or the id itself. */
const shareIdIn = (sent: string): string => (URL.canParse(sent) ? (new URL(sent).searchParams.get('share') ?? '') : sent.trim())

const noSuchLink = () =>
  badRequest('This is no permanent share link of a snapshot: make one under Snapshots → Share (share_type permanent_link).')

/** A snapshot in My Apps, which the app brings to where it is installed. */
export const appSnapshotModule = (parts: AppSnapshotParts): readonly Implementation[] => {
  const shown = async (db: Db, shareId: string | undefined) => {
    if (shareId === undefined) return { snapshot: null }
    const offered = await parts.offered(db, shareId)
    const gone = { shareLink: '', name: '', sharedBy: '', counts: {} }
    return { snapshot: { shareId, gone: !offered, ...(offered ?? gone) } }
  }

  /** What agencies were promised when they installed the app stays, as long as there is such a snapshot. */
  const demandFree = async (db: Db, appId: string, before: string | undefined) => {
    if (before === undefined || (await parts.offered(db, before)) === undefined) return
    if ((await parts.installs.countOfApp(appId, db)) > 0)
      throw badRequest('The app is installed already, so what it brings is fixed.')
  }

  return implement(
    api.apps.appSnapshot,
    (context, { appId = '' }) => ({
      mine: async () => {
        found(await parts.apps.ownApp(context.person, appId), 'App')
        return appSnapshotOf(context.db, appId)
      },
    }),
    {
      get: async (_, { mine, db }) => shown(db, await (await mine()).shareId()),

      put: async ({ appId, body: { shareLink } }, { mine, db, now }) => {
        const own = await mine()
        const [before, shareId] = [await own.shareId(), shareIdIn(shareLink)]
        if (!/^\w{1,100}$/.test(shareId) || !(await parts.offered(db, shareId))) throw noSuchLink()
        if (before !== shareId) await demandFree(db, appId, before)
        await own.put(shareId, now)
        return shown(db, shareId)
      },

      remove: async ({ appId }, { mine, db }) => {
        const own = await mine()
        await demandFree(db, appId, await own.shareId())
        if (!(await own.remove())) throw missing('Snapshot')
        return { succeeded: true }
      },
    },
  )
}
