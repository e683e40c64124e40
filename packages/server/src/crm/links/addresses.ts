import type { Db } from '../../database/wire.js'
import { linkUrl } from './links.rules.js'
import { linksOf } from './links.sql.js'

const form = /^[A-Za-z0-9]{20}$/

/** Addresses of those of the ids that are links of the location, each so that a click on it is known to be the contact's. */
export const linkAddresses =
  (publicUrl: () => string) =>
  async (db: Db, locationId: string, ids: readonly string[], contactId?: string): Promise<Record<string, string>> => {
    const asked = ids.filter((id) => form.test(id))
    if (asked.length === 0) return {}
    const there = await linksOf(db, locationId).existing(asked)
    return Object.fromEntries(there.map((id) => [id, linkUrl(publicUrl(), id, contactId)]))
  }
