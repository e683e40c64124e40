import { Agent, request } from 'undici'
import { type TargetPolicy, targetRefusal } from './address.rules.js'
import { guardedConnector } from './connect.js'

/** A file of somebody else's server. */
export interface Fetched {
  readonly contentType: string
  /** Ends with an error where there is more than was allowed. */
  readonly chunks: AsyncIterable<Uint8Array>
}

async function* capped(body: AsyncIterable<Uint8Array>, mostBytes: number) {
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > mostBytes) throw new Error(`The file is larger than ${mostBytes} bytes.`)
    yield chunk
  }
}

/** Gets files from where webhooks may go: public addresses, no redirects; undefined for whatever is not there. */
export const createFetcher = (policy: TargetPolicy, { mostBytes, deadlineMs }: { mostBytes: number; deadlineMs: number }) => {
  const agent = new Agent({ connect: guardedConnector(policy), keepAliveTimeout: 4_000, maxHeaderSize: 16 * 1024 })
  const timeouts = { headersTimeout: deadlineMs, bodyTimeout: deadlineMs }
  return {
    fetch: async (url: string): Promise<Fetched | undefined> => {
      if (targetRefusal(url, policy)) return undefined
      try {
        const answer = await request(url, { dispatcher: agent, signal: AbortSignal.timeout(deadlineMs), ...timeouts })
        if (answer.statusCode === 200)
          return { contentType: String(answer.headers['content-type'] ?? ''), chunks: capped(answer.body, mostBytes) }
        await answer.body.dump()
        return undefined
      } catch {
        return undefined
      }
    },
    close: () => agent.destroy(),
  }
}
