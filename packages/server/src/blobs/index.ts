import { join } from 'node:path'
import type { Config } from '../config.js'
import type { Bytes } from './bytes.js'
import { folderBytes } from './folder.js'
import { s3Bytes } from './s3.js'

export { type About, type Blobs, createBlobs, type FileSource, type StoredBlob } from './blobs.js'
export { moveBlobs } from './blobs.sql.js'
export { mountBlobs } from './serve.js'
export { strayBytesJob } from './stray.jobs.js'

/** Where the settings say: an S3-compatible store, or the folder `blobs` beside the database. */
export const openBytes = ({ blobs, dataDir }: Pick<Config, 'blobs' | 'dataDir'>): Bytes =>
  blobs === undefined ? folderBytes(join(dataDir, 'blobs')) : s3Bytes(blobs)
