import { manyFields } from '../../packages/server/src/testing/many-contacts.js'
import type { World } from './world.js'

const valued = (fieldId: string, test: string) =>
  `exists (select from "contactFieldValues" v where v."locationId" = c."locationId" and v."contactId" = c.id and v."fieldId" = '${fieldId}' and ${test})`

/** What each named query means, said a second time and plainly, to be counted without any of the product's queries. */
const meanings: Readonly<Record<string, string>> = {
  'a tag': `'tag 7' = any(tags)`,
  'a rare tag and an owner': `'rare' = any(tags) and "assignedTo" is not null`,
  'a city that many have': `lower(city) = 'city 3'`,
  'a city that few have': `lower(city) = 'city 1990'`,
  'an e-mail address': `email = 'person77@mail77.example'`,
  'an owner, by first name': `"assignedTo" = 'owner7'`,
  'a month, by last name': `"dateAdded" >= '2026-09-01Z' and "dateAdded" < '2026-10-01Z'`,
  'a number from a custom field': valued(manyFields.size.id, 'num >= 990'),
  'an option of a custom field': valued(manyFields.tier.id, `text = 'gold'`),
  'a date from a custom field': valued(manyFields.renewal.id, `at >= '2026-06-01Z' and at < '2026-06-03Z'`),
  'part of a company’s name': `lower("companyName") like '%pany 1234%'`,
  'one of two sources with an e-mail address, without a tag': `(source = 'referral' or country = 'FR') and email is not null and not 'tag 7' = any(tags)`,
}

const exactUpTo = 10_000

/**
 * Compares the total of a reply with a count of the rows.
 *
 * @param name of the query; absent: every contact of the sub-account
 * @throws Error where the total is not what it promises: exact to 10 000 where something is filtered, always exact where nothing is
 */
export const checkTotal = async ({ client, locationId }: World, total: number, name?: string): Promise<void> => {
  const meaning = name === undefined ? 'true' : meanings[name]
  if (meaning === undefined) throw new Error(`bench/scale/totals.ts does not say what “${name}” means`)
  const counted = `select count(*)::int as n from contacts c where "locationId" = $1 and ${meaning}`
  const { rows } = await client.query<{ n: number }>(counted, [locationId])
  const exact = rows[0]?.n ?? 0
  const holds = name === undefined || exact <= exactUpTo ? total === exact : total > exactUpTo
  if (!holds) throw new Error(`“${name ?? 'all'}” said ${total} contacts where there are ${exact}`)
}
