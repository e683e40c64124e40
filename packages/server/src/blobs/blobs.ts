import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Db } from '../database/wire.js'
import { addBlob, type BlobRow, blobsOfRecord, filesOfRecord, findBlob, removeBlobs } from './blobs.sql.js'
import type { Bytes } from './bytes.js'
import { forgetStray, noteUpload } from './stray.sql.js'

/** A file that is on disk already, such as an upload. */
export interface FileSource {
  readonly size: number
  /** Hexadecimal. */
  readonly sha256: string
  open(): Readable
}

export interface About {
  readonly locationId: string
  /** What the file is called when it is saved. */
  readonly name: string
  readonly contentType: string
  /** Record that the file hangs on, so that it goes with it. */
  readonly recordId?: string | undefined
  readonly now: Date
}

export interface StoredBlob {
  readonly id: string
  readonly url: string
  readonly size: number
  readonly sha256: string
}

/** Files of sub-accounts: bytes in a folder or an object store, what is known of them in the database. */
export interface Blobs {
  /** Writes the bytes, then the row with `db`: in a transaction the file is there once that has committed. */
  put(db: Db, source: Buffer | FileSource, about: About): Promise<StoredBlob>
  /** Undefined where there is no such file. */
  get(id: string): Promise<(BlobRow & { open(): Promise<Readable | undefined> }) | undefined>
  /** Removes the rows with `db`; call what comes back after the commit to remove the bytes. */
  remove(db: Db, locationId: string, ids: readonly string[]): Promise<() => Promise<void>>
  /** What is known of the files of a record, oldest first. */
  ofRecord(db: Db, locationId: string, recordId: string): Promise<readonly (BlobRow & { readonly url: string })[]>
  /** `remove` for every file of a record. */
  removeOfRecord(db: Db, locationId: string, recordId: string): Promise<() => Promise<void>>
  urlOf(id: string, name: string): string
}

interface Parts {
  /** Not the pool that changes hold connections of: what it writes must outlive theirs. */
  readonly db: Db
  readonly bytes: Bytes
  readonly publicUrl: () => string
}

/** 192 random bits. */
const newBlobId = () => randomBytes(24).toString('base64url')

const mediaType = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/
const asMediaType = (sent: string) => (mediaType.test(sent) ? sent.toLowerCase() : 'application/octet-stream')

/** A name without folders, control characters, halves of characters or anything that only some systems allow. */
export const tidyName = (sent: string): string =>
  (sent.split(/[\\/]/).at(-1) ?? '')
    .replace(/[\p{C}<>:"|?*]/gu, '_')
    .trim()
    .slice(-150)
    // The cut may have gone through the middle of a character.
    .replace(/^\p{Cs}/u, '') || 'file'

const sourceOf = (source: Buffer | FileSource): FileSource =>
  Buffer.isBuffer(source)
    ? { size: source.length, sha256: createHash('sha256').update(source).digest('hex'), open: () => Readable.from(source) }
    : source

export const createBlobs = ({ db: pool, bytes, publicUrl }: Parts): Blobs => {
  const urlOf = (id: string, name: string) => `${publicUrl()}/_ground/blobs/${id}/${encodeURIComponent(name)}`
  const remove: Blobs['remove'] = async (db, locationId, ids) => {
    await removeBlobs(db, locationId, ids)
    return async () => {
      for (const id of ids) await bytes.remove(id)
      await forgetStray(pool, ids)
    }
  }
  return {
    urlOf,
    remove,
    put: async (db, given, { now, recordId = null, ...about }) => {
      const source = sourceOf(given)
      const id = newBlobId()
      const name = tidyName(about.name)
      const contentType = asMediaType(about.contentType)
      const { size, sha256 } = source
      await noteUpload(pool, id, now)
      await bytes.put(id, { size, sha256, contentType, open: () => source.open() })
      await addBlob(db, { id, locationId: about.locationId, recordId, name, contentType, size, sha256, dateAdded: now })
      await forgetStray(db, [id])
      return { id, url: urlOf(id, name), size, sha256 }
    },
    get: async (id) => {
      const row = await findBlob(pool, id)
      return row && { ...row, open: () => bytes.get(id) }
    },
    ofRecord: async (db, locationId, recordId) =>
      (await filesOfRecord(db, locationId, recordId)).map((row) => ({ ...row, url: urlOf(row.id, row.name) })),
    removeOfRecord: async (db, locationId, recordId) => remove(db, locationId, await blobsOfRecord(db, locationId, recordId)),
  }
}
