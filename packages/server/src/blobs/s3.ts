import { AwsClient } from 'aws4fetch'
import { type Dispatcher, request } from 'undici'
import type { S3Settings } from '../config.js'
import type { Bytes } from './bytes.js'

const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const timeoutMs = 30_000

const refused = async (method: string, { statusCode, body }: Dispatcher.ResponseData) => {
  const text = (await body.text()).slice(0, 500)
  return new Error(
    `The blob store answered ${method} with ${statusCode}: ${text || 'no words'}. Check the GROUNDLEVEL_S3_ settings.`,
  )
}

/** Bytes in an S3-compatible store, in path style, each request signed (Signature Version 4). */
export const s3Bytes = ({ endpoint, region, bucket, prefix, ...keys }: S3Settings): Bytes => {
  const client = new AwsClient({ ...keys, service: 's3', region, retries: 0 })
  const base = `${endpoint.replace(/\/+$/, '')}/${bucket}/${prefix === '' ? '' : `${prefix}/`}`

  /** The digest is signed in place of the bytes, so that a file is not read twice. */
  const send = async (
    method: 'GET' | 'PUT' | 'DELETE',
    id: string,
    sha256: string,
    more: Partial<Dispatcher.RequestOptions> = {},
  ) => {
    const url = `${base}${id}`
    const given = { ...(more.headers as Record<string, string> | undefined), 'x-amz-content-sha256': sha256 }
    const signed = await client.sign(url, { method, headers: given, aws: { allHeaders: true } })
    const headers = Object.fromEntries(signed.headers)
    return request(url, { ...more, method, headers, headersTimeout: timeoutMs, bodyTimeout: timeoutMs })
  }

  return {
    put: async (id, { size, sha256, contentType, open }) => {
      const headers = { 'content-type': contentType, 'content-length': String(size) }
      const answer = await send('PUT', id, sha256, { headers, body: open() })
      if (answer.statusCode !== 200) throw await refused('PUT', answer)
      await answer.body.dump()
    },
    get: async (id) => {
      const answer = await send('GET', id, emptySha256)
      if (answer.statusCode === 200) return answer.body
      if (answer.statusCode !== 404) throw await refused('GET', answer)
      await answer.body.dump()
      return undefined
    },
    remove: async (id) => {
      const answer = await send('DELETE', id, emptySha256)
      if (answer.statusCode !== 204 && answer.statusCode !== 200 && answer.statusCode !== 404)
        throw await refused('DELETE', answer)
      await answer.body.dump()
    },
  }
}
