import { missing } from '@groundlevel/contract-kit'
import type { AssetKind } from '../../database/assets.sql.js'
import type { Db } from '../../database/wire.js'

/** What the snapshots room asks of others. */
export interface SnapshotPorts {
  readonly kinds: readonly AssetKind[]
  location(id: string): Promise<{ readonly companyId: string } | undefined>
  company(id: string): Promise<{ readonly name: string } | undefined>
  relationshipNumber(companyId: string): string
  /** Which of these ids are people of an agency, also of those who are gone. */
  peopleAmong(db: Db, companyId: string, ids: readonly string[]): Promise<ReadonlySet<string>>
  /** The base of share links. */
  publicUrl(): string
  /** Called once a push is committed. */
  wake(): void
}

/** @throws WireError 400 where the agency has no such sub-account */
export const demandLocation = async ({ location }: Pick<SnapshotPorts, 'location'>, id: string, companyId: string) => {
  if ((await location(id))?.companyId !== companyId) throw missing('Location')
}
