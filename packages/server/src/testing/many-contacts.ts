import type pg from 'pg'

/** Runs one statement; a pool's `query` or a wrapped one. */
export type Run = (statement: string) => Promise<unknown>

/** Custom fields that the contacts have values of. */
export const manyFields = {
  size: { id: 'manySizeField0000000', dataType: 'NUMERICAL' },
  tier: { id: 'manyTierField0000000', dataType: 'SINGLE_OPTIONS' },
  renewal: { id: 'manyRenewalField0000', dataType: 'DATE' },
} as const

export interface Many {
  /** One sub-account, or so many that the contacts are spread over (`many…`). */
  readonly locations: string | number
  /** Number of the first contact; also how old it is, newest first. */
  readonly from: number
  readonly count: number
}

const hash = (seed: number) => `(hashint8extended(n, ${seed}) & 2147483647)`
/** One of so many, the first ones far more often than the last. */
const skewed = (seed: number, of: number) => `floor(${of} * power((${hash(seed)} % 1000003) / 1000003.0, 3))::int`
const oneOf = (seed: number, words: readonly string[]) =>
  `(array[${words.map((word) => `'${word}'`).join(', ')}])[1 + ${hash(seed)} % ${words.length}]`

const first = [
  'Ada',
  'Bruno',
  'Chen',
  'Dora',
  'Emil',
  'Farah',
  'Gita',
  'Hugo',
  'Ines',
  'John',
  'Kofi',
  'Lea',
  'Mara',
  'Nils',
  'Olga',
  'Pia',
]
const last = [
  'Adler',
  'Brook',
  'Castro',
  'Dietz',
  'Egan',
  'Fuchs',
  'Gray',
  'Haas',
  'Ito',
  'Jones',
  'Klein',
  'Lopez',
  'Meyer',
  'Novak',
]
const sources = ['web', 'import', 'facebook', 'landing page', 'phone', 'referral', 'fair', 'partner']

const size = `${hash(1)} % 1000`
const tier = oneOf(2, ['Gold', 'Silver', 'Bronze'])
const renewal = `timestamptz '2026-01-01' + ${hash(3)} % 730 * interval '1 day'`
const author = `'{"source":"INTEGRATION","channel":"OAUTH","sourceId":"many","timestamp":"2026-01-01T00:00:00.000Z"}'`

const cells: Readonly<Record<string, string>> = {
  firstName: `${oneOf(4, first)} || chr(97 + (${hash(5)} % 26)::int)`,
  lastName: `${oneOf(6, last)} || ${hash(7)} % 400`,
  email: `case when n % 10 <> 0 then 'person' || n || '@mail' || n % 500 || '.example' end`,
  phone: `case when n % 4 <> 0 then '+1' || 2000000000 + n end`,
  timezone: oneOf(10, ['America/New_York', 'Europe/Paris', 'Asia/Tokyo']),
  companyName: `case when n % 3 = 0 then 'Company ' || ${hash(11)} % 20000 end`,
  dnd: 'n % 50 = 0',
  type: `case when n % 5 = 0 then 'customer' else 'lead' end`,
  source: oneOf(12, sources),
  assignedTo: `'owner' || ${hash(13)} % 50`,
  address1: `n % 9999 || ' Main Street'`,
  city: `'City ' || ${skewed(14, 2000)}`,
  state: `'State ' || ${hash(15)} % 50`,
  country: `case when n % 1000 = 0 then 'FR' else 'US' end`,
  postalCode: `(10000 + ${hash(16)} % 80000)::text`,
  website: `case when n % 20 = 0 then 'https://site' || n || '.example' end`,
  tags: `array['tag ' || ${hash(17)} % 40] || case when n % 10000 = 7 then array['rare'] else '{}' end || case when n % 3 = 0 then array['newsletter'] else '{}' end`,
  customFields: `json_build_array(json_build_object('id', '${manyFields.size.id}', 'value', ${size}), json_build_object('id', '${manyFields.tier.id}', 'value', ${tier}))::jsonb`,
  followers: `'{}'::text[]`,
  additionalEmails: `'[]'::jsonb`,
  createdBy: `${author}::jsonb`,
  dateAdded: `timestamptz '2026-11-01' - n * interval '150 seconds'`,
  dateUpdated: `timestamptz '2026-11-01' - n * interval '100 seconds'`,
}

/**
 * Contacts as a busy agency has them: names, cities and tags of uneven frequency, two custom fields on each contact and a third
 * on every other. Made by the database, 10 000 a statement. The sub-accounts must be there.
 */
export const addManyContacts = async (run: Run, { locations, from, count }: Many): Promise<void> => {
  const location = typeof locations === 'string' ? `'${locations}'` : `'many' || lpad((n % ${locations})::text, 16, '0')`
  const id = `'many' || lpad(n::text, 16, '0')`
  const names = Object.keys(cells).map((name) => `"${name}"`)
  for (let at = from; at < from + count; at += 10_000) {
    const series = `generate_series(${at}::bigint, ${Math.min(at + 10_000, from + count) - 1}) n`
    await run(
      `insert into contacts ("locationId", id, ${names.join(', ')}) select ${location}, ${id}, ${Object.values(cells).join(', ')} from ${series}`,
    )
    const value = (field: string, num: string, text: string, at: string) =>
      `select ${location}, ${id}, '${field}', 0, ${num}, ${text}, ${at} from ${series}`
    await run(
      `insert into "contactFieldValues" ("locationId", "contactId", "fieldId", position, num, text, at)
       ${value(manyFields.size.id, size, 'null', 'null::timestamptz')}
       union all ${value(manyFields.tier.id, 'null', `lower(${tier})`, 'null')}
       union all ${value(manyFields.renewal.id, 'null', 'null', renewal)} where n % 2 = 0`,
    )
  }
  const counted = `generate_series(${from}, ${from + count - 1}) n group by 1`
  await run(`insert into "contactCounts" ("locationId", delta) select ${location}, count(*) from ${counted}`)
}

/** Fills the tables of contacts and makes their indexes over the rows instead of row by row: a tenth of the time. */
export const withoutIndexes = async (client: Pick<pg.Pool, 'query'>, fill: () => Promise<void>): Promise<void> => {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid in ('contacts'::regclass, '"contactFieldValues"'::regclass) and not indisprimary`,
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  await fill()
  for (const { definition } of rows) await client.query(definition)
}
