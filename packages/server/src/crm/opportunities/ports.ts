import type { RawBuilder } from 'kysely'
import type { Db } from '../../database/wire.js'
import type { ContactUsers, ValueField } from '../contacts/index.js'

/** Something of the contact behind an opportunity, as a part of a query. */
export type OfContact<T> = (locationId: string, contactId: RawBuilder<unknown>) => RawBuilder<T>

/** What the one is told whose an opportunity is now. */
export interface OwnerNotice {
  readonly locationId: string
  readonly userId: string
  /** Absent where it is about several. */
  readonly opportunityId?: string
  readonly contactId?: string
  readonly subject: string
  readonly body: string
  readonly now: Date
}

/** What the opportunities room asks of others. `rooms/sell.ts` ties it to them. */
export interface OpportunityPorts {
  readonly users: ContactUsers
  readonly locations: {
    /** Must not wait for the pool that changes run on: a transaction is holding one of its connections. */
    location(id: string): Promise<
      | {
          readonly country: string | null
          readonly timezone?: string | null
          readonly settings: { readonly allowDuplicateOpportunity?: boolean }
        }
      | undefined
    >
  }
  readonly fields: {
    definitions(db: Db, locationId: string): Promise<readonly ValueField[]>
  }
  /** What a search adds to its rows where it is asked to; absent: there is none of it. */
  readonly attached?: {
    readonly notes?: OfContact<unknown>
    readonly tasks?: OfContact<unknown>
    readonly calendarEvents?: OfContact<unknown>
  }
  /** Tells a user in the portal, in the transaction that it is given; absent: nobody is told. */
  readonly tellUser?: (db: Db, told: OwnerNotice) => Promise<void>
  readonly inCampaign?: (locationId: string, contactId: RawBuilder<unknown>, campaignId: string) => RawBuilder<boolean>
  /** The pool of searches, whose statements end after two seconds. */
  readonly searches?: Db
  /** Base of `meta.nextPageUrl`. */
  publicUrl(): string
}
