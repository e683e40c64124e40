import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Blobs } from './blobs.js'

interface Address {
  Params: { id: string; name: string }
}

/** Saved, never shown: portal and files share an origin, so a file must not run as a page of it. */
const headersOf = (name: string, sha256: string) => ({
  'content-disposition': `attachment; filename="${name.replace(/[^\x20-\x7e]|["\\%]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (each) => `%${each.charCodeAt(0).toString(16)}`)}`,
  'content-security-policy': "sandbox; default-src 'none'",
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'referrer-policy': 'no-referrer',
  // It never changes, but it may be erased.
  'cache-control': 'private, max-age=3600',
  etag: `"${sha256.slice(0, 32)}"`,
})

const gone = (reply: FastifyReply) =>
  reply.code(404).type('application/json; charset=utf-8').send({ statusCode: 404, message: 'File not found', error: 'Not Found' })

/** `GET /_ground/blobs/{id}/{name}`: whoever has the address may read, like the files of the live service. */
export const mountBlobs = (app: FastifyInstance, blobs: Blobs): void => {
  app.get<Address>('/_ground/blobs/:id/:name', async ({ params: { id, name }, headers }, reply) => {
    const blob = /^[\w-]{32}$/.test(id) ? await blobs.get(id) : undefined
    if (!blob || blob.name !== name) return gone(reply)
    reply.headers(headersOf(blob.name, blob.sha256))
    if (headers['if-none-match'] === `"${blob.sha256.slice(0, 32)}"`) return reply.code(304).send()
    const stream = await blob.open()
    if (!stream) return gone(reply)
    return reply.type(blob.contentType).header('content-length', blob.size).send(stream)
  })
}
