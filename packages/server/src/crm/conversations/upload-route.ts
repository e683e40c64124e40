import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Blobs } from '../../blobs/index.js'
import { isUuid } from '../../ids.js'
import type { Services } from '../../services.js'
import { conversationsOf } from './conversations.sql.js'
import { fillUpload, type Upload, uploadById } from './uploads.sql.js'

class TooLarge extends Error {}

/** On disk while it is counted and hashed: what is too large is never stored. */
const receive = async (body: Readable, path: string, maxBytes: number) => {
  const hash = createHash('sha256')
  let size = 0
  const measure = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > maxBytes) throw new TooLarge()
      hash.update(chunk)
      yield chunk
    }
  }
  await pipeline(body, measure, createWriteStream(path, { mode: 0o600 }))
  return { size, sha256: hash.digest('hex'), open: () => createReadStream(path) }
}

const answer = (reply: FastifyReply, status: number, message: string) =>
  reply.code(status).send({ status, statusCode: status, message })

/** `PUT /_ground/uploads/{uploadId}`: whoever has the address may put one file there, once. No operation: its body is the file. */
export const uploadRoute =
  ({ db, clock }: Pick<Services, 'db' | 'clock'>, blobs: Pick<Blobs, 'put'>) =>
  async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

    const keep = async (upload: Upload, body: Readable) => {
      const folder = await mkdtemp(join(tmpdir(), 'groundlevel-put-'))
      try {
        const file = await receive(body, join(folder, 'file'), upload.maxBytes)
        const recordId = await conversationsOf(db, upload.locationId).contactOf(upload.conversationId)
        return await db.transaction().execute(async (transaction) => {
          const about = { locationId: upload.locationId, name: upload.filename, contentType: upload.contentType, recordId }
          const { id } = await blobs.put(transaction, file, { ...about, now: clock.now() })
          return fillUpload(transaction, upload.id, id)
        })
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    }

    app.put('/_ground/uploads/:uploadId', async (request: FastifyRequest, reply) => {
      const { uploadId } = request.params as { uploadId: string }
      const upload = isUuid(uploadId) ? await uploadById(db, uploadId) : undefined
      if (!upload || upload.expiresAt.getTime() <= clock.now().getTime())
        return answer(reply, 403, 'This address has expired: initiate the upload again.')
      if (!request.body) return answer(reply, 400, 'The body of the request is the file; there is none.')
      try {
        if (upload.blobId !== null || !(await keep(upload, request.body as Readable)))
          return answer(reply, 409, 'A file was put here already.')
        return reply.code(200).send()
      } catch (error) {
        if (!(error instanceof TooLarge)) throw error
        return answer(reply.header('connection', 'close'), 413, `The file is larger than ${upload.maxBytes} bytes.`)
      }
    })
  }
