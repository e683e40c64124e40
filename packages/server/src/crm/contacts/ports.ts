import type { Static } from '@groundlevel/contract-kit'
import type { shapes } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import type { LocationRules } from './contacts.rules.js'
import type { ValueField } from './custom-fields.rules.js'

/** What the contacts room asks of the room that owns locations. */
export interface LocationPolicies {
  /** Must not wait for the pool that changes run on: a transaction is holding one of its connections. */
  location(id: string): Promise<{ readonly country: string | null; readonly settings: LocationRules } | undefined>
}

/** People who may be given contacts. */
export interface ContactUsers {
  /** Those of the ids that are users of the sub-account, or of its agency. */
  among(db: Db, locationId: string, ids: readonly string[]): Promise<ReadonlySet<string>>
}

export interface ContactBusinesses {
  exists(db: Db, locationId: string, businessId: string): Promise<boolean>
}

/** Campaigns that a contact can be in. Enrolling twice is enrolling once. */
export interface ContactCampaigns {
  /** @throws WireError 400 where there is no such campaign */
  enrol(db: Db, locationId: string, contactId: string, campaignId: string, now: Date): Promise<void>
  /** @throws WireError 400 where there is no such campaign */
  remove(db: Db, locationId: string, contactId: string, campaignId: string): Promise<void>
  removeAll(db: Db, locationId: string, contactId: string): Promise<void>
}

export interface ContactAppointments {
  ofContact(db: Db, locationId: string, contactId: string): Promise<readonly Static<typeof shapes.ContactAppointment>[]>
}

/** Custom fields of contacts. */
export interface ContactFields {
  definitions(db: Db, locationId: string): Promise<readonly ValueField[]>
}

/** Events of very many contacts. */
export interface ContactEvents {
  /** Whether somebody would receive them: where nobody would, none are written. */
  isAwaited(type: string, tenant: { readonly companyId: string; readonly locationId: string }): Promise<boolean>
  addEvents(
    db: Db,
    event: {
      readonly type: string
      readonly companyId: string
      readonly locationId: string
      readonly traceId: string | null
      readonly now: Date
    },
    payloadTexts: readonly string[],
  ): Promise<void>
  /** Call it once they are committed. */
  wake(): void
}

/** Hands what hangs on one contact to another, when the two become one. */
export type MoveOfContact = (db: Db, locationId: string, fromContactId: string, toContactId: string) => Promise<void>

/** Events of one type, of what has gone with a contact. */
export interface Gone {
  readonly type: 'AppointmentDelete' | 'OpportunityDelete' | 'OpportunityUpdate'
  readonly told: readonly object[]
  /** The same of somebody who is to be forgotten: ids, and nothing that they could be known by. */
  readonly farewells: readonly object[]
}

/** Takes away what hangs on a contact that is about to be deleted, and says what is to be told of it. */
export type LeaveOfContact = (db: Db, locationId: string, contactId: string) => Promise<readonly Gone[]>

/** What the contacts room asks of others. `rooms.ts` ties it to them. */
export interface ContactPorts {
  readonly locations: LocationPolicies
  readonly users: ContactUsers
  readonly fields: ContactFields
  readonly events: ContactEvents
  readonly businesses: ContactBusinesses
  readonly campaigns: ContactCampaigns
  readonly appointments: ContactAppointments
  /** One for each room whose rows hang on contacts. */
  readonly moves: readonly MoveOfContact[]
  /** One for each room whose rows are told of when they go. */
  readonly leaves: readonly LeaveOfContact[]
}

export interface ContactsServices extends ContactPorts {
  /** Base of `meta.nextPageUrl`. */
  publicUrl(): string
}
