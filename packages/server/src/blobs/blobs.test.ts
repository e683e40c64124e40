import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRateLimits } from '../http/rate-limits.js'
import { createServer } from '../http/server.js'
import { type ModuleApp, moduleApp } from '../testing/module-app.js'
import { type Blobs, createBlobs } from './blobs.js'
import type { Bytes } from './bytes.js'
import { folderBytes } from './folder.js'
import { s3Bytes } from './s3.js'
import { mountBlobs } from './serve.js'
import { sweepBytes } from './stray.jobs.js'
import { type S3Double, startS3 } from './testing/s3-double.js'

let on: ModuleApp
let s3: S3Double
let folder: string

beforeAll(async () => {
  on = await moduleApp(() => [])
  s3 = await startS3()
  folder = mkdtempSync(join(tmpdir(), 'groundlevel-blobs-'))
})
afterAll(async () => {
  await s3?.close()
  await on?.close()
})

const stores: readonly [string, () => Bytes, () => number][] = [
  [
    'a folder',
    () => folderBytes(folder),
    () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).length,
  ],
  ['an S3-compatible store', () => s3Bytes(s3.settings), () => s3.objects.size],
]

describe.each(stores)('in %s', (_store, bytes, count) => {
  let app: FastifyInstance
  let blobs: Blobs

  beforeAll(async () => {
    blobs = createBlobs({ db: on.db, bytes: bytes(), publicUrl: () => 'http://127.0.0.1:4000' })
    app = createServer({ trustProxy: [], limits: createRateLimits('off'), operations: [], say: () => {} })
    mountBlobs(app, blobs)
    await app.ready()
  })
  afterAll(() => app?.close())

  const about = (more: object = {}) => ({
    locationId: on.locationId,
    name: 'report.pdf',
    contentType: 'application/pdf',
    now: on.clock.now(),
    ...more,
  })
  const put = (body: string, more: object = {}) => blobs.put(on.db, Buffer.from(body), about(more))
  const fetch = (url: string, headers: Record<string, string> = {}) => app.inject({ url: new URL(url).pathname, headers })

  test('a file comes back by its address as a download that cannot run as a page', async () => {
    const stored = await put('hello', { name: '../Büro "1".html', contentType: 'text/html' })
    expect(stored).toMatchObject({ size: 5, sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824' })
    expect(stored.id).toMatch(/^[\w-]{32}$/)
    const reply = await fetch(stored.url)
    expect([reply.statusCode, reply.body]).toEqual([200, 'hello'])
    expect(reply.headers).toMatchObject({
      'content-type': 'text/html',
      'content-length': '5',
      'content-disposition': `attachment; filename="B_ro _1_.html"; filename*=UTF-8''B%C3%BCro%20_1_.html`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
    expect(reply.headers).not.toHaveProperty('access-control-allow-origin')
    expect((await fetch(stored.url, { 'if-none-match': String(reply.headers.etag) })).statusCode).toBe(304)
  })

  test('an address that is off by anything is a 404', async () => {
    const { id, url } = await put('secret')
    for (const wrong of [
      url.replace('report', 'other'),
      url.replace(id, id.slice(1)),
      url.replace(id, `${id.slice(1)}A`),
      url.replace(id, '..%2f..%2fetc%2fpasswd'),
    ]) {
      expect((await fetch(wrong)).statusCode).toBe(404)
    }
  })

  test('a type that is no type is served as bytes', async () => {
    const { url } = await put('x', { contentType: 'text/html\r\nx-evil: 1' })
    expect((await fetch(url)).headers['content-type']).toBe('application/octet-stream')
  })

  test('files of a record go together, and only with their own location', async () => {
    const kept = await put('kept', { recordId: 'contact2' })
    const before = count()
    const gone = await Promise.all(['a', 'b'].map((body) => put(body, { recordId: 'contact1' })))
    expect(count()).toBe(before + 2)
    await (await blobs.removeOfRecord(on.db, on.otherLocationId, 'contact1'))()
    expect(count()).toBe(before + 2)
    await (await blobs.removeOfRecord(on.db, on.locationId, 'contact1'))()
    expect(count()).toBe(before)
    for (const { url } of gone) expect((await fetch(url)).statusCode).toBe(404)
    expect((await fetch(kept.url)).statusCode).toBe(200)
  })

  test('five megabytes arrive as they were', async () => {
    const body = Buffer.alloc(5_000_000, 'groundlevel ')
    const { id } = await blobs.put(on.db, body, about())
    const stream = await (await blobs.get(id))?.open()
    expect(stream && (await text(stream)) === body.toString()).toBe(true)
  })

  test('bytes of a change that was rolled back go an hour later, those of a change that was not stay', async () => {
    const kept = await put('kept')
    const [there, now] = [count(), on.clock.now()]
    const undone = on.db.transaction().execute(async (db) => {
      await blobs.put(db, Buffer.from('undone'), about())
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(count()).toBe(there + 1)
    await sweepBytes(on.db, bytes(), now)
    expect(count(), 'it may still be under way').toBe(there + 1)
    await sweepBytes(on.db, bytes(), new Date(now.getTime() + 3_700_000))
    expect(count()).toBe(there)
    expect((await fetch(kept.url)).statusCode).toBe(200)
    expect(await on.db.selectFrom('strayBytes').selectAll().execute()).toEqual([])
  })

  test('bytes of a row that anybody deleted go at the next sweep', async () => {
    const { id, url } = await put('orphan')
    const there = count()
    await on.db.deleteFrom('blobs').where('id', '=', id).execute()
    expect((await fetch(url)).statusCode).toBe(404)
    await sweepBytes(on.db, bytes(), on.clock.now())
    expect(count()).toBe(there - 1)
  })

  test('a name of halves of characters, or cut in the middle of one, has an address', async () => {
    for (const name of ['\ud800half.txt', `${'x'.repeat(10)}\u{1f600}${'y'.repeat(149)}`, '\ude00']) {
      const { url } = await put('named', { name })
      expect((await fetch(url)).statusCode, url).toBe(200)
    }
  })

  test('a file whose bytes are lost is a 404, not an error', async () => {
    const { id, url } = await put('lost')
    await bytes().remove(id)
    await bytes().remove(id)
    expect((await fetch(url)).statusCode).toBe(404)
  })
})

test('a store that refuses the key says what to check', async () => {
  const wrong = s3Bytes({ ...s3.settings, secretAccessKey: 'wrong' })
  const blobs = createBlobs({ db: on.db, bytes: wrong, publicUrl: () => '' })
  const about = { locationId: on.locationId, name: 'a', contentType: 'text/plain', now: on.clock.now() }
  await expect(blobs.put(on.db, Buffer.from('x'), about)).rejects.toThrow(/403.*SignatureDoesNotMatch.*GROUNDLEVEL_S3_/s)
})
