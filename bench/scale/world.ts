import pg from 'pg'
import { personOf } from '../../packages/cli/src/demo-world.js'
import { signIn } from '../../packages/cli/src/session.js'
import { addManyContacts, manyFields, withoutIndexes } from '../../packages/server/src/testing/many-contacts.js'
import type { Demo } from '../../packages/server/src/testing/product.js'
import type { Running } from '../child.js'
import { headersOf } from '../product.js'

/** A sub-account that is filled with more and more contacts, and a server that knows it. */
export interface World {
  readonly client: pg.Client
  readonly serverPid: number
  readonly locationId: string
  call(method: string, path: string, body?: object | FormData): Promise<Response>
  /** So many contacts in this sub-account or spread over as many others; the indexes are made afterwards. */
  fill(count: number, over?: number): Promise<void>
  /** No contact at all, anywhere. */
  clear(): Promise<void>
  /** A contact from the middle. */
  someId(): Promise<string>
  close(): Promise<void>
}

const addLocations = (client: pg.Client, count: number) =>
  client.query(
    `insert into locations (id, "companyId", name, settings, "dateAdded")
     select 'many' || lpad(n::text, 16, '0'), (select min(id) from companies), 'Location ' || n, '{}', timestamptz '2026-01-01'
     from generate_series(0, $1::int - 1) n on conflict do nothing`,
    [count],
  )

/** Definitions of the custom fields that the contacts have values of. */
const addFields = async (client: pg.Client, locationId: string): Promise<void> => {
  for (const [name, { id, dataType }] of Object.entries(manyFields)) {
    const options = dataType === 'SINGLE_OPTIONS' ? ['Gold', 'Silver', 'Bronze'].map((label) => ({ key: label, label })) : []
    await client.query(
      `insert into "customFields" ("locationId", id, "objectKey", "documentType", name, "fieldKey", "dataType", "parentId", position,
         placeholder, options, "acceptedFormats", "isMultipleFile", "allowCustomOption", "showInForms", "dateAdded", "dateUpdated")
       values ($1, $2, 'contact', 'field', $3::text, 'contact.many_' || $3::text, $4, '', 0, '', $5, '{}', false, false, false,
         timestamptz '2026-01-01', timestamptz '2026-01-01') on conflict do nothing`,
      [locationId, id, name, dataType, JSON.stringify(options)],
    )
  }
}

/** The demo apps hear of nothing any more: the import is measured where nobody subscribes. */
const silenceApps = async (url: string, demo: Demo) => {
  const { client } = await signIn(url, personOf(demo, 'developer'))
  for (const { id } of demo.apps) await client.apps.app.update({ appId: id, body: { webhookUrl: '' } })
}

const bodyOf = (body: object | FormData | undefined) =>
  body === undefined
    ? {}
    : body instanceof FormData
      ? { body }
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }

export const openWorld = async (databaseUrl: string, { url, pid }: Running): Promise<World> => {
  const demo = (await (await fetch(`${url}/_ground/lab/demo`)).json()) as Demo
  await silenceApps(url, demo)
  const locationId = demo.locations[0]?.id ?? ''
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await addFields(client, locationId)
  let made = 0
  return {
    client,
    serverPid: pid,
    locationId,
    call: (method, path, given) => {
      const { headers = {}, ...rest } = bodyOf(given)
      return fetch(`${url}${path}`, { method, headers: { ...headersOf(demo.tokens.location), ...headers }, ...rest })
    },
    fill: async (count, over) => {
      if (over) await addLocations(client, over)
      const run = (statement: string) => client.query(statement)
      await withoutIndexes(client, () => addManyContacts(run, { locations: over ?? locationId, from: made, count }))
      made += count
      await client.query('vacuum analyze contacts, "contactFieldValues"')
    },
    clear: async () => {
      await client.query('truncate contacts, "contactFieldValues", "contactCounts" cascade')
      made = 0
    },
    someId: async () => {
      const middle = `select id from contacts where "locationId" = $1 order by id limit 1 offset 500`
      return (await client.query<{ id: string }>(middle, [locationId])).rows[0]?.id ?? ''
    },
    close: () => client.end(),
  }
}
