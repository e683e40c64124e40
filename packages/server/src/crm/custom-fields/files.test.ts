import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { folderBytes } from '../../blobs/folder.js'
import { createBlobs } from '../../blobs/index.js'
import { type CallOptions, type ModuleApp, moduleApp } from '../../testing/module-app.js'
import { customFieldsModule } from './index.js'

let on: ModuleApp
let papers: string
let photo: string

const store = mkdtempSync(join(tmpdir(), 'groundlevel-files-'))
const stored = () => readdirSync(store, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).length
const spool = join(store, 'spool')
const spooled = () => readdirSync(spool).length

const addField = async (fields: object) => {
  const body = { dataType: 'FILE_UPLOAD', ...fields }
  const reply = await on.call('POST', `/locations/${on.locationId}/customFields`, { body })
  return reply.body.customField.id as string
}

beforeAll(async () => {
  mkdirSync(spool)
  // Where uploads wait for their handler; of this file alone, so that it can be counted.
  vi.stubEnv('TMPDIR', spool)
  on = await moduleApp(({ db }) => {
    const blobs = createBlobs({ db, bytes: folderBytes(store), publicUrl: () => 'http://127.0.0.1:4000' })
    return customFieldsModule(async () => 0, blobs)
  })
  papers = await addField({ name: 'Papers', acceptedFormat: ['.pdf', '.csv'], isMultipleFile: true, maxNumberOfFiles: 2 })
  photo = await addField({ name: 'Photo' })
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await on?.close()
})

const upload = (options: CallOptions, locationId = on.locationId) =>
  on.call('POST', `/locations/${locationId}/customFields/upload`, options)

type Part = readonly [part: string, name: string, body: string | Buffer<ArrayBuffer>]

const formOf = (parts: readonly Part[], fields: Record<string, string> = {}) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const [part, name, body] of parts) form.append(part, new File([body], name, { type: 'text/csv' }))
  return form
}

describe('uploading files for fields', () => {
  test('answers 200 with an address by file name and what is known of each', async () => {
    const form = formOf(
      [
        [`${papers}_1`, 'a.csv', 'a,b'],
        [`${papers}_2`, 'Büro.pdf', 'pdf'],
      ],
      { id: 'contact1', maxFiles: '2' },
    )
    const { status, body } = await upload({ form })
    expect(status).toBe(200)
    const address = expect.stringMatching(/^http:\/\/127\.0\.0\.1:4000\/_ground\/blobs\/[\w-]{32}\//)
    expect(body).toEqual({
      uploadedFiles: { 'a.csv': address, 'Büro.pdf': address },
      meta: [
        { fieldname: `${papers}_1`, originalname: 'a.csv', encoding: '7bit', mimetype: 'text/csv', size: 3, url: address },
        { fieldname: `${papers}_2`, originalname: 'Büro.pdf', encoding: '7bit', mimetype: 'text/csv', size: 3, url: address },
      ],
      traceId: expect.any(String),
    })
    const rows = await on.db.selectFrom('blobs').select(['name', 'recordId', 'locationId']).orderBy('name').execute()
    expect(rows).toEqual(['a.csv', 'Büro.pdf'].sort().map((name) => ({ name, recordId: 'contact1', locationId: on.locationId })))
  })

  test('takes a file by the id of the request where its part names no field, and keeps two of one name apart', async () => {
    const form = formOf(
      [
        ['file', 'same.csv', '1'],
        ['file', 'same.csv', '2'],
      ],
      { id: papers },
    )
    const { status, body } = await upload({ form })
    expect(status).toBe(200)
    expect(Object.keys(body.uploadedFiles)).toEqual(['same.csv', 'same.csv (2)'])
  })

  test('the file of a part called __proto__ is refused like any other that names no field', async () => {
    expect((await upload({ form: formOf([['__proto__', 'a.csv', '1']]) })).status).toBe(400)
  })

  const refusals: readonly [string, () => readonly Part[], Record<string, string>, number, RegExp][] = [
    ['no file', () => [], { id: 'x' }, 400, /^No file was sent/],
    ['a part of no field', () => [['hello', 'a.csv', '1']], {}, 400, /^The part "hello" names no file field/],
    ['a kind that the field does not take', () => [[`${papers}_1`, 'a.exe', '1']], {}, 415, /"Papers" does not take "a.exe"/],
    [
      'more files than the field takes',
      () => [1, 2].map((n) => [`${photo}_${n}`, `${n}.png`, '1'] as const),
      {},
      400,
      /takes 1 file/,
    ],
    [
      'more files than maxFiles',
      () => [1, 2].map((n) => [`${papers}_${n}`, `${n}.pdf`, '1'] as const),
      { maxFiles: '1' },
      400,
      /maxFiles is 1/,
    ],
    ['a field that is not declared', () => [[`${papers}_1`, 'a.pdf', '1']], { shoe: '1' }, 422, /property shoe should not exist/],
    ['maxFiles that is no number', () => [[`${papers}_1`, 'a.pdf', '1']], { maxFiles: 'many' }, 422, /maxFiles must be/],
    ['a null character in a text', () => [[`${papers}_1`, 'a.pdf', '1']], { id: 'a\u0000b' }, 422, /id must not contain/],
    [
      'too many files',
      () => Array.from({ length: 101 }, (_, n) => [`${papers}_${n}`, 'a.pdf', '1'] as const),
      {},
      413,
      /too many files/,
    ],
    ['a file of more than 50 MB', () => [[`${papers}_1`, 'a.pdf', Buffer.alloc(51 * 1_048_576)]], {}, 413, /50 MB is the limit/],
  ]

  test.each(refusals)('%s is refused, and nothing stays', async (_case, parts, fields, expected, message) => {
    await expect.poll(spooled).toBe(0)
    const before = stored()
    const { status, body } = await upload({ form: formOf(parts(), fields) })
    expect(status).toBe(expected)
    expect(String(body.message)).toMatch(message)
    await expect.poll(spooled).toBe(0)
    expect(stored()).toBe(before)
  })

  test('JSON, as the official SDK sends it, is a 415 that says what to send', async () => {
    const { status, body } = await upload({ body: { fileAttachment: {} } })
    expect(status).toBe(415)
    expect(body.message).toMatch(/send multipart\/form-data/)
  })

  test('a body that ends in the middle or names no boundary is a 400', async () => {
    const cut = { 'content-type': 'multipart/form-data; boundary=x' }
    const half = '--x\r\ncontent-disposition: form-data; name="a"; filename="a.csv"\r\n\r\nhal'
    expect((await upload({ body: half, headers: cut })).status).toBe(400)
    expect((await upload({ body: half, headers: { 'content-type': 'multipart/form-data' } })).status).toBe(400)
    await expect.poll(spooled).toBe(0)
  })

  test('into another location is a 403, and its fields are none of ours', async () => {
    const form = () => formOf([[`${papers}_1`, 'a.pdf', '1']])
    expect((await upload({ form: form() }, on.otherLocationId)).status).toBe(403)
    const token = on.token({ locationId: on.otherLocationId })
    expect((await upload({ form: form(), token }, on.otherLocationId)).status).toBe(400)
  })

  test('a form where JSON is wanted is a 415', async () => {
    const { status, body } = await on.call('POST', `/locations/${on.locationId}/customFields`, {
      form: formOf([['a', 'a', '1']]),
    })
    expect([status, body.message]).toEqual([415, 'Unsupported Media Type: send application/json.'])
  })

  test('the timeline shows what the files were, not what was in them', async () => {
    await upload({ form: formOf([[`${papers}_9`, 'a.pdf', 'private']], { id: 'contact1' }) })
    const { requestBody } = on.records.at(-1) ?? {}
    expect(JSON.parse(requestBody ?? '')).toEqual({
      id: 'contact1',
      files: [{ part: `${papers}_9`, name: 'a.pdf', contentType: 'text/csv', size: 7 }],
    })
  })
})
