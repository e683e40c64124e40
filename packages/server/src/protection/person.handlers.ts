import type { Json } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { writeAudit } from '../audit.js'
import type { Db } from '../database/wire.js'
import { type Implementation, implement } from '../http/implement.js'
import { farewell, termsOf } from './person.rules.js'
import { deleteRowsOfPerson, erasuresOf, rowsOfPerson } from './person.sql.js'
import { tablesWith } from './tenant-tables.sql.js'

interface Mention {
  readonly locationId: string
  readonly contactId: string
  readonly terms: readonly string[]
}

interface Left {
  readonly type: 'AppointmentDelete' | 'OpportunityDelete' | 'OpportunityUpdate'
  readonly farewells: readonly object[]
}

type Person = Json<object & { readonly id: string }>

/** What data protection asks of the rooms that hold people, outbox and logs. */
export interface ProtectionParts {
  /** The contact, or the wire's refusal. */
  findPerson(db: Db, locationId: string, contactId: string): Promise<Person>
  /** What hangs on the contact, gone, and what is to be said of it: ids alone. */
  leave(db: Db, locationId: string, contactId: string): Promise<readonly Left[]>
  /** The contact, deleted and counted. */
  removePerson(db: Db, locationId: string, contactId: string): Promise<Person>
  /** Takes the rows of the person's files away; what comes back removes the bytes, once that has committed. */
  removeFiles(db: Db, locationId: string, contactId: string): Promise<() => void>
  /** What is known of the person's files. */
  files(db: Db, locationId: string, contactId: string): Promise<readonly object[]>
  mentionsInWebhooks(db: Db, about: Mention): Promise<{ readonly events: object[]; readonly deliveries: object[] }>
  mentionsInLog(db: Db, about: Mention): Promise<object[]>
  wakeErasure(): void
}

/** Its rows name a contact to remember what was done, not what they were. */
const own = 'erasures'

const personTables = async (db: Db) => (await tablesWith(db, 'locationId', 'contactId')).filter((table) => table !== own)

const deleteAll = async (db: Db, tables: readonly string[], owner: { locationId: string; contactId: string }): Promise<void> => {
  const left: string[] = []
  for (const table of tables) if (!(await deleteRowsOfPerson(db, table, owner))) left.push(table)
  if (left.length > 0 && left.length < tables.length) await deleteAll(db, left, owner)
}

/** Export and erasure of one person (M16). */
export const protectionModule = (parts: ProtectionParts): readonly Implementation[] =>
  implement(api.protection.person, () => ({}), {
    export: async ({ contactId }, { db, locationId }) => {
      const contact = await parts.findPerson(db, locationId, contactId)
      const owner = { locationId, contactId }
      const tables: Record<string, readonly object[]> = {}
      for (const table of await personTables(db)) tables[table] = await rowsOfPerson(db, table, owner)
      const files = await parts.files(db, locationId, contactId)
      const about = { ...owner, terms: termsOf(contact.value) }
      const { events, deliveries } = await parts.mentionsInWebhooks(db, about)
      const requests = await parts.mentionsInLog(db, about)
      const open = (rows: readonly object[]) => rows.map((row) => ({ ...row }))
      return {
        contact: { ...contact.value },
        tables,
        files: open(files),
        events: open(events),
        deliveries: open(deliveries),
        requests: open(requests),
      }
    },

    erase: async ({ contactId, body: { reason } }, context) => {
      const { db, locationId, companyId, now, principal, traceId, call, emit, emitAll, newId } = context
      const owner = { locationId, contactId }
      const { value } = await parts.findPerson(db, locationId, contactId)
      const left = await parts.leave(db, locationId, contactId)
      await deleteAll(db, await personTables(db), owner)
      const removeBytes = await parts.removeFiles(db, locationId, contactId)
      await parts.removePerson(db, locationId, contactId)
      await erasuresOf(db).add({ ...owner, id: newId(), companyId, terms: termsOf(value), dateAdded: now })
      for (const { type, farewells } of left) await emitAll(type, farewells)
      await emit('ContactDelete', farewell(contactId))
      await writeAudit(db, {
        at: now,
        act: 'contact.erase',
        companyId,
        locationId,
        appId: principal.appId ?? null,
        accountId: principal.accountId ?? null,
        traceId,
        ip: call.request.ip,
        detail: { contactId, ...(reason && { reason }) },
      })
      context.afterCommit(removeBytes)
      context.afterCommit(parts.wakeErasure)
      return { succeded: true, succeeded: true, contactId }
    },
  })
