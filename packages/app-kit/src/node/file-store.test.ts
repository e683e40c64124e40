import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TokenRecord } from '../oauth/tokens.js'
import { fileStore } from './file-store.js'

let folder: string
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'file-store-')), 'tokens')
})
afterEach(() => rm(join(folder, '..'), { recursive: true }))

const record = (accessToken: string): TokenRecord => ({
  accessToken,
  obtainedAt: 1,
  expiresAt: 2,
  scopes: ['contacts.readonly'],
  userType: 'Location',
  locationId: 'l1',
})

describe('file store', () => {
  it('keeps tokens across processes, by key, until they are deleted', async () => {
    await fileStore({ folder }).set('location:l1', record('a'))
    await fileStore({ folder }).set('company:c/1', record('b'))
    const again = fileStore({ folder })
    expect(await again.get('location:l1')).toEqual(record('a'))
    expect((await again.list?.())?.toSorted()).toEqual(['company:c/1', 'location:l1'])
    await again.delete('location:l1')
    await again.delete('location:l1')
    expect(await again.get('location:l1')).toBeUndefined()
  })

  it('knows nothing before the first token', async () => {
    const store = fileStore({ folder })
    expect([await store.get('location:l1'), await store.list?.()]).toEqual([undefined, []])
  })

  it('is readable by its owner alone', async () => {
    await fileStore({ folder }).set('location:l1', record('a'))
    const [name = ''] = await readdir(folder)
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
  })

  it('shows readers a whole record while it is written over and over', async () => {
    const store = fileStore({ folder })
    await store.set('location:l1', record('x'.repeat(50_000)))
    const writes = Promise.all(
      Array.from({ length: 20 }, (_, n) => store.set('location:l1', record(String(n % 10).repeat(50_000)))),
    )
    for (let reads = 0; reads < 40; reads += 1) expect((await store.get('location:l1'))?.accessToken).toHaveLength(50_000)
    await writes
    expect(await readdir(folder)).toHaveLength(1)
  })

  it('seals files with a key: the text is not in them, and another key, another name or none cannot read them', async () => {
    const encryptionKey = randomBytes(32)
    const store = fileStore({ folder, encryptionKey: encryptionKey.toString('hex') })
    await store.set('location:l1', record('very-secret'))
    const path = join(folder, (await readdir(folder))[0] ?? '')
    expect(await readFile(path, 'utf8')).not.toContain('very-secret')
    expect(await fileStore({ folder, encryptionKey }).get('location:l1')).toEqual(record('very-secret'))
    await expect(fileStore({ folder, encryptionKey: randomBytes(32) }).get('location:l1')).rejects.toThrow(/encryption key/)
    await expect(fileStore({ folder }).get('location:l1')).rejects.toThrow(/sealed and no key/)
    await rename(path, join(folder, `${encodeURIComponent('location:l2')}.json`))
    await expect(store.get('location:l2')).rejects.toThrow(/cannot be read/)
  })

  it('says what to do about a damaged file and about a key of the wrong length', async () => {
    const store = fileStore({ folder })
    await store.set('location:l1', record('a'))
    await writeFile(join(folder, (await readdir(folder))[0] ?? ''), '{"acc')
    await expect(store.get('location:l1')).rejects.toThrow(/delete the file and connect again/)
    expect(() => fileStore({ folder, encryptionKey: 'c2hvcnQ=' })).toThrow(/5 bytes and needs 32/)
  })
})
