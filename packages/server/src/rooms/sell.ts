import type { Kysely } from 'kysely'
import {
  appointmentsOfContact,
  type BookingPorts,
  bookingPages,
  type CalendarPorts,
  calendarsModule,
} from '../crm/calendars/index.js'
import { inCampaign } from '../crm/campaigns/index.js'
import { notesOfContact } from '../crm/contacts/index.js'
import { definitionsOf } from '../crm/custom-fields/index.js'
import { type OpportunityPorts, opportunitiesModule } from '../crm/opportunities/index.js'
import { tasksOfContact } from '../crm/tasks/index.js'
import type { Tables } from '../database/tables.js'
import { type Identity, usersAmong } from '../identity/index.js'
import type { Services } from '../services.js'

interface SellParts {
  readonly identity: Identity
  /** The pool of look-ups during a change. */
  readonly lookups: Kysely<Tables>
  readonly searches?: Kysely<Tables>
  publicUrl(): string
  readonly tellUser: NonNullable<OpportunityPorts['tellUser']>
}

/** Selling and booking: opportunities and the pipelines they go through; calendars and what is booked in them. */
export const createSelling = ({ identity, searches, publicUrl, tellUser }: SellParts) => {
  const opportunities: OpportunityPorts = {
    users: { among: usersAmong },
    locations: identity,
    fields: { definitions: (on, locationId) => definitionsOf(on, locationId, 'opportunity') },
    attached: { notes: notesOfContact, tasks: tasksOfContact, calendarEvents: appointmentsOfContact },
    inCampaign,
    ...(searches ? { searches } : {}),
    publicUrl,
    tellUser,
  }
  const calendars: CalendarPorts = { users: { among: usersAmong }, locations: identity, publicUrl }
  return { opportunities, calendars, implementations: [...opportunitiesModule(opportunities), ...calendarsModule(calendars)] }
}

/** The public pages on which visitors book. */
export const bookingRooms = (
  services: Pick<Services, 'db' | 'clock' | 'secret' | 'publicUrl'>,
  { identity, contacts, addEvent, wake }: Pick<BookingPorts, 'contacts' | 'addEvent' | 'wake'> & Pick<SellParts, 'identity'>,
) => {
  const { db, clock, secret } = services
  const ports: BookingPorts = {
    ...{ contacts, addEvent, wake },
    users: { among: usersAmong },
    locations: identity,
    publicUrl: () => services.publicUrl,
  }
  return bookingPages({ db, clock, secret, ports })
}
