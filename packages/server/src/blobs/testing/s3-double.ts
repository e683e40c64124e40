import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { S3Settings } from '../../config.js'

/** A small S3 that believes nothing: it computes every signature and digest anew. */
export interface S3Double {
  readonly settings: S3Settings
  readonly objects: Map<string, { body: Buffer; type: string }>
  close(): Promise<void>
}

const keys = { accessKeyId: 'AKIATEST', secretAccessKey: 'test-secret-key' }
const region = 'eu-test-1'

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')

/** Signature Version 4 of a request, from the published steps. */
const signatureOf = ({ method = '', url = '', headers }: IncomingMessage, signed: string, scope: string) => {
  const { pathname, searchParams } = new URL(url, 'http://s3')
  searchParams.sort()
  const given = signed.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`)
  const digest = String(headers['x-amz-content-sha256'])
  const canonical = [method, pathname, searchParams.toString(), given.join(''), signed, digest].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', String(headers['x-amz-date']), scope, sha256(canonical)].join('\n')
  const key = scope.split('/').reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${keys.secretAccessKey}`)
  return hmac(key, toSign).toString('hex')
}

const header = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/

const refusalOf = (request: IncomingMessage, body: Buffer) => {
  const [, id, scope = '', signed = '', signature = ''] = header.exec(request.headers.authorization ?? '') ?? []
  if (id !== keys.accessKeyId) return 'InvalidAccessKeyId'
  if (!scope.endsWith(`/${region}/s3/aws4_request`)) return 'AuthorizationHeaderMalformed'
  if (!signed.split(';').includes('host') || !signed.includes('x-amz-content-sha256')) return 'AccessDenied'
  const expected = signatureOf(request, signed, scope)
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) return 'SignatureDoesNotMatch'
  if (request.method === 'PUT' && request.headers['content-length'] === undefined) return 'MissingContentLength'
  return sha256(body) === request.headers['x-amz-content-sha256'] ? undefined : 'XAmzContentSHA256Mismatch'
}

/** Starts it on a free port of this machine. */
export const startS3 = async (): Promise<S3Double> => {
  const objects: S3Double['objects'] = new Map()
  const answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => {
    const refusal = refusalOf(request, body)
    const path = new URL(request.url ?? '', 'http://s3').pathname
    const found = objects.get(path)
    if (refusal) return response.writeHead(403).end(`<Error><Code>${refusal}</Code></Error>`)
    if (request.method === 'PUT') {
      objects.set(path, { body, type: String(request.headers['content-type']) })
      return response.writeHead(200).end()
    }
    if (request.method === 'DELETE') {
      objects.delete(path)
      return response.writeHead(204).end()
    }
    return found
      ? response.writeHead(200, { 'content-type': found.type }).end(found.body)
      : response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
  }
  const server = createServer(async (request, response) => void answer(request, response, await buffer(request)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    objects,
    settings: { endpoint, region, bucket: 'files', prefix: 'groundlevel', ...keys },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
