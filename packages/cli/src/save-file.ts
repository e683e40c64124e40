import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { Failure } from './failure.js'

/** Time for a whole file to go over the wire, in milliseconds: a day. */
export const transferMs = 86_400_000

/**
 * Writes what arrives to a file, over what was there.
 *
 * @throws Failure when it could not be written, or did not arrive whole.
 */
export const saveFile = async (path: string, body: NonNullable<Response['body']>, signal?: AbortSignal): Promise<void> => {
  try {
    await pipeline(Readable.fromWeb(body as ReadableStream), createWriteStream(path), { signal })
  } catch (cause) {
    const why = signal?.aborted ? 'stopped before its end' : (cause as Error).message
    throw new Failure(`${path} is not written whole: ${why}.`, 1, { cause })
  }
}
