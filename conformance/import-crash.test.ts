import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { personOf } from '../packages/cli/src/demo-world.js'
import { signIn } from '../packages/cli/src/session.js'
import type { Demo } from '../packages/server/src/testing/product.js'
import { scratchFolderOnDisk } from '../packages/server/src/testing/scratch.js'
import { doomedServer } from './doomed-server.js'

const server = doomedServer(join(scratchFolderOnDisk(), 'data'))
afterAll(() => server.clear())

const rows = 12_000
const faulty = new Set([17, 4018, 11_999])
const emailOf = (row: number) => `row-${row}@example.com`
const csv = [
  'first name,email,tags',
  ...Array.from({ length: rows }, (_, at) =>
    faulty.has(at + 1) ? `Row ${at + 1},no address,import` : `Row ${at + 1},${emailOf(at + 1)},import`,
  ),
].join('\n')

interface Import {
  readonly id: string
  readonly status: string
  readonly rowsRead: number
  readonly created: number
  readonly refused: number
}

const openPlace = (url: string, { tokens, locations }: Demo) => {
  const locationId = locations[0]?.id ?? ''
  const headers = { authorization: `Bearer ${tokens.location}`, version: '2021-07-28' }
  const text = async (path: string, init: RequestInit = {}) => {
    const reply = await fetch(`${url}${path}${path.includes('?') ? '&' : '?'}locationId=${locationId}`, { headers, ...init })
    const body = await reply.text()
    expect(reply.ok, `${path}: ${reply.status} ${body.slice(0, 200)}`).toBe(true)
    return body
  }
  const total = async () => (JSON.parse(await text('/contacts/?limit=1')) as { meta: { total: number } }).meta.total
  const importOf = async (id: string) => (JSON.parse(await text(`/_ground/contacts/imports/${id}`)) as { import: Import }).import
  return { text, total, importOf }
}

type Place = ReturnType<typeof openPlace>

/** Looks on until it is so far; at every look, the contacts that are there are those that were counted. */
const follow = async (place: Place, id: string, before: number, enough: (now: Import) => boolean): Promise<Import> => {
  for (;;) {
    const earlier = await place.importOf(id)
    const there = (await place.total()) - before
    const later = await place.importOf(id)
    expect(there).toBeGreaterThanOrEqual(earlier.created)
    expect(there).toBeLessThanOrEqual(later.created)
    expect(['waiting', 'running', 'done']).toContain(later.status)
    if (enough(later)) return later
    expect(later.status, 'the import was over before it could be killed').not.toBe('done')
    await wait(20)
  }
}

const upload = async (place: Place) => {
  const form = new FormData()
  form.set('file', new Blob([csv]), 'people.csv')
  return (JSON.parse(await place.text('/_ground/contacts/import', { method: 'POST', body: form })) as { import: Import }).import
}

const emailsIn = (exported: string) => exported.match(/row-\d+@example\.com/g) ?? []

test('server and database killed twice in an import: it goes on by itself, and each row is there once', {
  timeout: 180_000,
}, async () => {
  const first = await server.start()
  const demo = (await (await fetch(`${first}/_ground/lab/demo`)).json()) as Demo
  const { client } = await signIn(first, personOf(demo, 'developer'))
  for (const { id } of demo.apps) await client.apps.app.update({ appId: id, body: { webhookUrl: '' } })
  let place = openPlace(first, demo)
  const before = await place.total()
  const { id } = await upload(place)

  for (const enough of [1000, 5000]) {
    const reached = await follow(place, id, before, ({ rowsRead }) => rowsRead >= enough)
    await server.kill()
    place = openPlace(await server.start(), demo)
    expect((await place.importOf(id)).rowsRead, 'what was counted stays').toBeGreaterThanOrEqual(reached.rowsRead)
  }
  const done = await follow(place, id, before, ({ status }) => status === 'done')
  expect(done).toMatchObject({ rowsRead: rows, created: rows - faulty.size, refused: faulty.size })

  const wanted = Array.from({ length: rows }, (_, at) => at + 1).filter((row) => !faulty.has(row))
  expect(emailsIn(await place.text('/_ground/contacts/export')).sort()).toEqual(wanted.map(emailOf).sort())
  expect(await place.total()).toBe(before + wanted.length)
  const refused = (await place.text(`/_ground/contacts/imports/${id}/errors`)).trim().split('\r\n').slice(1)
  expect(refused.map((line) => Number(line.split(',')[0]))).toEqual([...faulty])
})
