import type { Names } from './resource-names.js'

const camel = (words: string) => words.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

export const moduleText = ({ module }: Names) => `import { apiModule } from '@groundlevel/contract-kit'

export const ${camel(module)} = apiModule({ name: '${camel(module)}', version: '2021-07-28', actors: ['location'], scope: '${module}', reaches: 'none' })
`

export const contractText = ({
  module,
  resource,
  one,
  Shape,
}: Names) => `import { DELETE, GET, limitSkip, limitSkipQuery, POST, PUT, t } from '@groundlevel/contract-kit'
import { ${camel(module)} } from './module.js'

export const ${Shape} = t.Object({
  id: t.String(),
  locationId: t.String(),
  name: t.String(),
  dateAdded: t.DateTime(),
})

const Body = t.Object({ name: t.String({ minLength: 1, maxLength: 200 }) })
const One = t.Object({ ${one}: ${Shape} })

export const ${camel(resource)} = ${camel(module)}.resource('${camel(resource)}', '/${module}/${resource}', {
  list: GET('', {
    id: 'list-${resource}',
    summary: 'Newest first',
    query: t.Object(limitSkipQuery(20)),
    reply: t.Object({ ${camel(resource)}: t.Array(t.Row(${Shape})) }),
    page: limitSkip('${camel(resource)}', 20),
  }),
  create: POST('', { id: 'create-${one}', summary: 'Create one', body: Body, status: 201, reply: One }),
  get: GET('/:id', { id: 'get-${one}', summary: 'Read one', reply: One }),
  update: PUT('/:id', { id: 'update-${one}', summary: 'Change the sent fields', body: t.Partial(Body), reply: One }),
  remove: DELETE('/:id', { id: 'delete-${one}', summary: 'Delete one', reply: t.Object({ succeeded: t.Boolean() }) }),
})
`

export const sqlText = ({ resource, one, Shape, table }: Names) => `import { shapes } from '@groundlevel/contracts'
import { sql } from 'kysely'
import { type Db, one, page } from '../../database/wire.js'

const { ${Shape} } = shapes

export interface New${Shape} {
  readonly id: string
  readonly name: string
  readonly dateAdded: Date
}

/** What the queries of one location's ${resource} are; there is no way to reach another's. */
export const ${camel(resource)}Of = (db: Db, owner: { locationId: string }) => {
  const mine = db.selectFrom('${table}').selectAll().where((eb) => eb.and(owner))
  return {
    list: (limit: number, skip: number) =>
      page(db, ${Shape}, mine.orderBy('dateAdded', 'desc').orderBy('id').limit(sql.lit(limit)).offset(sql.lit(skip))),
    find: (id: string) => one(db, ${Shape}, mine.where('id', '=', id)),
    add: (${one}: New${Shape}) => one(db, ${Shape}, db.insertInto('${table}').values({ ...${one}, ...owner }).returningAll()),
    change: (id: string, change: Partial<Pick<New${Shape}, 'name'>>) => {
      if (Object.keys(change).length === 0) return one(db, ${Shape}, mine.where('id', '=', id))
      const changed = db
        .updateTable('${table}')
        .set(change)
        .where((eb) => eb.and({ ...owner, id }))
      return one(db, ${Shape}, changed.returningAll())
    },
    remove: (id: string) => {
      const gone = db.deleteFrom('${table}').where((eb) => eb.and({ ...owner, id }))
      return one(db, ${Shape}, gone.returningAll())
    },
  }
}
`

export const handlersText = ({ module, resource, one, Shape }: Names) => {
  const many = camel(resource)
  return `import { found } from '@groundlevel/contract-kit'
import { ${camel(module)} as contract } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { ${many}Of } from './${resource}.sql.js'

export const ${one}Handlers = () =>
  implement(contract.${many}, ({ db, locationId }) => ({ ${many}: ${many}Of(db, { locationId }) }), {
    list: async ({ query }, { ${many} }) => ({ ${many}: (await ${many}.list(query.limit, query.skip)).items }),
    create: async ({ body }, { ${many}, newId, now }) => ({
      ${one}: found(await ${many}.add({ ...body, id: newId(), dateAdded: now }), '${Shape}'),
    }),
    get: async ({ id }, { ${many} }) => ({ ${one}: found(await ${many}.find(id), '${Shape}') }),
    update: async ({ id, body }, { ${many} }) => ({ ${one}: found(await ${many}.change(id, body), '${Shape}') }),
    remove: async ({ id }, { ${many} }) => {
      found(await ${many}.remove(id), '${Shape}')
      return { succeeded: true }
    },
  })
`
}

export const testText = ({ resource, Shape }: Names) => {
  const many = camel(resource)
  return `import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, openPool } from '../../database/pool.js'
import type { Db } from '../../database/wire.js'
import { type ClonedDatabase, cloneDatabase } from '../../testing/database.js'
import { ${many}Of } from './${resource}.sql.js'

const now = new Date('2026-01-01T00:00:00.000Z')
let cloned: ClonedDatabase
let db: Db

beforeAll(async () => {
  cloned = await cloneDatabase()
  db = openDatabase(await openPool(cloned.connection, { onError: () => {} }))
  await db.insertInto('companies').values({ id: 'company', name: 'Company', dateAdded: now }).execute()
  for (const id of ['mine', 'theirs']) {
    await db.insertInto('locations').values({ id, companyId: 'company', name: id, settings: '{}', dateAdded: now }).execute()
  }
})

afterAll(async () => {
  await db.destroy()
  await cloned.drop()
})

test('what was added is found, with the wire form of its dates', async () => {
  const added = await ${many}Of(db, { locationId: 'mine' }).add({ id: 'first', name: 'First', dateAdded: now })
  expect(added?.value).toEqual({ id: 'first', locationId: 'mine', name: 'First', dateAdded: '2026-01-01T00:00:00.000Z' })
})

test('${Shape}: another sub-account neither finds, changes nor deletes it', async () => {
  const theirs = ${many}Of(db, { locationId: 'theirs' })
  expect(await theirs.find('first')).toBeUndefined()
  expect(await theirs.change('first', { name: 'Taken' })).toBeUndefined()
  expect(await theirs.remove('first')).toBeUndefined()
  expect((await theirs.list(20, 0)).size).toBe(0)
})
`
}

export const migrationText = ({ table }: Names, id: string) => `import type { Migration } from '../migrate.js'

export const ${table}: Migration = {
  id: '${id}',
  sql: \`
create table "${table}" (
  "locationId" text not null references locations,
  id text not null,
  name text not null,
  "dateAdded" timestamptz(3) not null,
  primary key ("locationId", id)
);
create index on "${table}" ("locationId", "dateAdded" desc, id);
\`,
}
`

export const tableText = ({ table }: Names) => `interface ${table.charAt(0).toUpperCase()}${table.slice(1)}Table {
  locationId: string
  id: string
  name: string
  dateAdded: Date
}

`
