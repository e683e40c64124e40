import { calendarAssets, calendarGroupAssets } from '../crm/calendars/index.js'
import { fieldAssets, fieldFolderAssets } from '../crm/custom-fields/index.js'
import { customValueAssets } from '../crm/custom-values/index.js'
import { emailTemplateAssets } from '../crm/emails/index.js'
import { formAssets, surveyAssets } from '../crm/forms/index.js'
import { linkAssets } from '../crm/links/index.js'
import { lostReasonAssets, pipelineAssets, stageAssets } from '../crm/opportunities/index.js'
import { collectionAssets, priceAssets, productAssets, taxAssets } from '../crm/products/index.js'
import { pushJob, requestPushes, snapshotsModule, snapshotsOf } from '../crm/snapshots/index.js'
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

/** Snapshots of what is set up in sub-accounts. */
export const snapshotRooms = ({ services, identity, wake }: SnapshotRoomParts) => ({
  implementations: snapshotsModule({
    kinds: assetKinds,
    location: identity.location,
    company: identity.company,
    relationshipNumber,
    peopleAmong,
    publicUrl: () => services.publicUrl,
    wake,
  }),
  job: pushJob({ db: services.db, kinds: assetKinds, say: services.say }),
  /** Gives a sub-account a snapshot of its agency; one that is not there is passed over. */
  give: async (
    { db, now, afterCommit }: { readonly db: Db; readonly now: Date; afterCommit(act: () => void): void },
    {
      companyId,
      snapshotId,
      locationId,
      override,
    }: {
      readonly companyId: string
      readonly snapshotId: string
      readonly locationId: string
      readonly override: boolean
    },
  ): Promise<void> => {
    if (!(await snapshotsOf(db, companyId).hold(snapshotId))) return
    await requestPushes({ kinds: assetKinds }, db, { companyId, snapshotId, locationIds: [locationId], override }, now)
    afterCommit(wake)
  },
})
