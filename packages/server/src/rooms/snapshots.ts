import { calendarAssets, calendarGroupAssets, calendarNotificationAssets } from '../crm/calendars/index.js'
import { fieldAssets, fieldFolderAssets } from '../crm/custom-fields/index.js'
import { customValueAssets } from '../crm/custom-values/index.js'
import { emailTemplateAssets } from '../crm/emails/index.js'
import { formAssets, surveyAssets } from '../crm/forms/index.js'
import { linkAssets } from '../crm/links/index.js'
import { lostReasonAssets, pipelineAssets, stageAssets } from '../crm/opportunities/index.js'
import { collectionAssets, priceAssets, productAssets, taxAssets } from '../crm/products/index.js'
import {
  copyFor,
  namedBy,
  offeredBy,
  pushJob,
  requestPushes,
  type SnapshotPorts,
  snapshotsModule,
  snapshotsOf,
  takeSnapshot,
} from '../crm/snapshots/index.js'
import { tagAssets } from '../crm/tags/index.js'
import { templateAssets } from '../crm/templates/index.js'
import { workflowAssets } from '../crm/workflows/index.js'
import type { AssetKind } from '../database/assets.sql.js'
import type { Db } from '../database/wire.js'
import { type Identity, peopleAmong, usersAmong } from '../identity/index.js'
import { relationshipNumber } from '../marketplace/index.js'
import type { Services } from '../services.js'

/** What a snapshot holds, in the order in which it is brought: what something refers to comes before it. */
export const assetKinds: readonly AssetKind[] = [
  tagAssets,
  customValueAssets,
  fieldFolderAssets,
  fieldAssets,
  linkAssets,
  templateAssets,
  emailTemplateAssets,
  lostReasonAssets,
  pipelineAssets,
  stageAssets,
  formAssets,
  surveyAssets,
  calendarGroupAssets,
  calendarAssets({ users: { among: usersAmong } }),
  calendarNotificationAssets({ users: { among: usersAmong } }),
  taxAssets,
  collectionAssets,
  productAssets,
  priceAssets,
  workflowAssets,
]

interface SnapshotRoomParts {
  readonly services: Services
  readonly identity: Pick<Identity, 'location' | 'company'>
  wake(): void
}

/** A snapshot of the demo world. */
export const seedSnapshot = (
  db: Db,
  about: { readonly companyId: string; readonly locationId: string; readonly name: string },
  now: Date,
): Promise<string> => takeSnapshot(assetKinds, db, about, now)

interface Giving {
  readonly db: Db
  readonly now: Date
  afterCommit(act: () => void): void
}

/** Snapshots of what is set up in sub-accounts. */
export const snapshotRooms = ({ services, identity, wake }: SnapshotRoomParts) => {
  const ports: SnapshotPorts = {
    kinds: assetKinds,
    location: identity.location,
    company: identity.company,
    relationshipNumber,
    peopleAmong,
    publicUrl: () => services.publicUrl,
    wake,
  }
  const push = async ({ db, now, afterCommit }: Giving, to: Parameters<typeof requestPushes>[2]) => {
    await requestPushes(ports, db, to, now)
    afterCommit(wake)
  }
  return {
    implementations: snapshotsModule(ports),
    job: pushJob({ db: services.db, kinds: assetKinds, say: services.say }),
    /** Gives a sub-account a snapshot of its agency; one that is not there is passed over. */
    give: async (
      work: Giving,
      to: { readonly companyId: string; readonly snapshotId: string; readonly locationId: string; readonly override: boolean },
    ): Promise<void> => {
      const { locationId, ...about } = to
      const there = await snapshotsOf(work.db, to.companyId).hold(to.snapshotId)
      if (there) await push(work, { ...about, locationIds: [locationId] })
    },
    /** What a permanent share link leads to. */
    offered: (db: Db, shareId: string) => offeredBy(ports, db, shareId),
    /** The same by the names of what it holds. */
    named: namedBy(ports),
    /** Brings what an app's share link leads to, to an agency as a copy of its own; a link that is revoked brings nothing. */
    bring: async (
      work: Giving,
      to: { readonly shareId: string; readonly companyId: string; readonly locationIds: readonly string[] },
    ): Promise<void> => {
      const { companyId, locationIds } = to
      const snapshotId = await copyFor(ports, work.db, to, work.now)
      if (snapshotId !== undefined && locationIds.length > 0)
        await push(work, { companyId, locationIds, snapshotId, override: false })
    },
  }
}
