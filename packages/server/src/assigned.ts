import type { ContactRecord } from '@groundlevel/contract-kit'
import type { Db } from './database/wire.js'

/** Somebody who sees only what is assigned to them, in one sub-account. */
export interface Seeing {
  readonly db: Db
  readonly locationId: string
  readonly userId: string
}

/** Refuses, in the words in which its room says that there is no such record, one that is somebody else's. */
export type DemandTheirs = (seeing: Seeing, id: string, params: Readonly<Record<string, string>>) => Promise<void>

/** By the kinds that contracts name in `reaches`: the room that keeps a kind says whose a record is. */
export type AssignedRecords = Readonly<Record<ContactRecord, DemandTheirs>>
