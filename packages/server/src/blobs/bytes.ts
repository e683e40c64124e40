import type { Readable } from 'node:stream'

/** What is written: its length and digest are known beforehand, since both go into the request to an object store. */
export interface Written {
  readonly size: number
  /** Hexadecimal. */
  readonly sha256: string
  readonly contentType: string
  /** Called again for a second try. */
  open(): Readable
}

/** A place for bytes by id: a folder or an object store. */
export interface Bytes {
  put(id: string, written: Written): Promise<void>
  /** Undefined where there are none of this id. */
  get(id: string): Promise<Readable | undefined>
  /** Also fine where there are none. */
  remove(id: string): Promise<void>
}
