import { sql } from 'kysely'
import type { Db } from '../../database/wire.js'
import { newUuid } from '../../ids.js'

/** Something that happened, told in the transaction in which it happened. */
export interface NewEvent {
  /** A name of the events catalogue. */
  readonly type: string
  /** Null only for a test event of an app that nobody has installed. */
  readonly companyId: string | null
  readonly locationId: string | null
  /** Only this app gets it (INSTALL, UNINSTALL, test events). */
  readonly appId?: string
  readonly installId?: string
  readonly test?: boolean
  /** The record as JSON text. It may hold more than the event's fields: fan-out lets only those through. */
  readonly payloadText: string
  readonly traceId: string | null
  readonly now: Date
  /** How many workflows caused it, each by what it did. Default 0. */
  readonly depth?: number
}

/** Writes an event in the caller's transaction: rolled back with it, or seen by fan-out once it commits. */
export const addEvent = async (db: Db, event: NewEvent, fannedOutAt: Date | null = null): Promise<string> => {
  const id = newUuid()
  const row = {
    id,
    type: event.type,
    companyId: event.companyId,
    locationId: event.locationId,
    appId: event.appId ?? null,
    installId: event.installId ?? null,
    test: event.test ?? false,
    payload: event.payloadText,
    traceId: event.traceId,
    depth: event.depth ?? 0,
    dateAdded: event.now,
    fannedOutAt,
  }
  await db.insertInto('events').values(row).execute()
  return id
}

/** The same event of many records, in one statement whose text does not depend on how many there are. */
export const addEvents = async (
  db: Db,
  { type, companyId, locationId, appId, installId, traceId, now, depth = 0 }: Omit<NewEvent, 'payloadText'>,
  payloadTexts: readonly string[],
): Promise<void> => {
  await sql`
    insert into events (id, type, "companyId", "locationId", "appId", "installId", payload, "traceId", depth, "dateAdded")
    select gen_random_uuid(), ${type}, ${companyId}, ${locationId}, ${appId ?? null}, ${installId ?? null}, payload, ${traceId}, ${depth}, ${now}
    from unnest(${sql.val(payloadTexts)}::text[]) payload
  `.execute(db)
}
