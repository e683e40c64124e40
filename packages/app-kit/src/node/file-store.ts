import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TokenRecord, TokenStore } from '../oauth/tokens.js'

export interface FileStoreOptions {
  /** One file a key lies here; made (0700) when it is not there. */
  readonly folder: string
  /** 32 bytes, or the same as base64 or hex: files are then sealed with AES-256-GCM. Read it from the environment, never from the folder. */
  readonly encryptionKey?: string | Uint8Array
}

const ending = '.json'

const keyBytes = (key: string | Uint8Array): Buffer => {
  const isHex = typeof key === 'string' && /^[0-9a-f]{64}$/i.test(key)
  const bytes = typeof key === 'string' ? Buffer.from(key, isHex ? 'hex' : 'base64') : Buffer.from(key)
  if (bytes.length !== 32)
    throw new TypeError(`The encryption key of the token store has ${bytes.length} bytes and needs 32 (base64 or hex).`)
  return bytes
}

// The name is bound to the content, so that one sub-account's file cannot be put in place of another's.
const seal = (text: string, key: Buffer, name: string) => {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name))
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return JSON.stringify({ sealed: Buffer.concat([iv, cipher.getAuthTag(), data]).toString('base64') })
}

const unseal = (sealed: string, key: Buffer, name: string) => {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    .setAAD(Buffer.from(name))
    .setAuthTag(bytes.subarray(12, 28))
  return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8')
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** Readers see the old file or the new one, never half of one, also when the process dies in between. */
const writeWhole = async (path: string, text: string) => {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/**
 * Tokens in a folder: one file a key, mode 0600, replaced as a whole, optionally sealed. Several processes may share it.
 *
 * @throws TypeError when the encryption key has not 32 bytes. Reading throws when a file is damaged or sealed with another key.
 */
export const fileStore = ({ folder, encryptionKey }: FileStoreOptions): TokenStore => {
  const key = encryptionKey === undefined ? undefined : keyBytes(encryptionKey)
  const nameOf = (id: string) => encodeURIComponent(id) + ending
  const pathOf = (id: string) => join(folder, nameOf(id))

  const read = (text: string, id: string): TokenRecord => {
    try {
      const content = JSON.parse(text) as TokenRecord | { readonly sealed: string }
      if (!('sealed' in content)) return content
      if (key === undefined) throw new Error('it is sealed and no key was given')
      return JSON.parse(unseal(content.sealed, key, nameOf(id))) as TokenRecord
    } catch (cause) {
      const why = (cause as Error).message
      throw new Error(
        `Tokens in ${pathOf(id)} cannot be read (${why}). Give the right encryption key, or delete the file and connect again.`,
        { cause },
      )
    }
  }

  return {
    async get(id) {
      try {
        return read(await readFile(pathOf(id), 'utf8'), id)
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    async set(id, record) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const text = JSON.stringify(record)
      await writeWhole(pathOf(id), key === undefined ? text : seal(text, key, nameOf(id)))
    },
    delete: (id) => rm(pathOf(id), { force: true }),
    async list() {
      const names = await readdir(folder).catch((error) => {
        if (isMissing(error)) return []
        throw error
      })
      return names.filter((name) => name.endsWith(ending)).map((name) => decodeURIComponent(name.slice(0, -ending.length)))
    },
  }
}
