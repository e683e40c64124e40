import type { ContactUsers } from '../contacts/index.js'

/** What the calendars room asks of others. `rooms/sell.ts` ties it to them. */
export interface CalendarPorts {
  readonly users: ContactUsers
  readonly locations: {
    /** Must not wait for the pool that changes run on: a transaction is holding one of its connections. */
    location(id: string): Promise<{ readonly timezone?: string | null } | undefined>
  }
  /** Base of the addresses of feeds. */
  publicUrl(): string
}
