import { HighLevel } from '@gohighlevel/api-client'
import type { Asked } from '../packages/server/src/testing/proof/requests.js'
import type { Answer } from '../packages/server/src/testing/proof/whole-app.js'
import { type Described, placeOf } from './document.js'

type Call = (...args: unknown[]) => Promise<unknown>

/** One method of the official client, found by what its code sends. */
interface Method {
  readonly service: string
  readonly name: string
  /** What it takes besides options, in its order: some take a body alone. */
  readonly takes: readonly ('params' | 'requestBody')[]
}

interface Heard {
  status: number
  data: unknown
}

interface Http {
  readonly interceptors: {
    readonly response: { use(onSuccess: (heard: Heard) => Heard, onFailure: (error: unknown) => never): void }
  }
}

const takenBy = (text: string) => {
  const names = /\(([^)]*)\)/.exec(text)?.[1]?.split(',') ?? []
  return names.map((name) => name.trim()).filter((name) => name === 'params' || name === 'requestBody')
}

/** Every method of the client by the operation that it calls: read out of the methods' own text, so nothing is listed by hand. */
export const sdkMethods = (): ReadonlyMap<string, Method> => {
  const client = new HighLevel({ privateIntegrationToken: 'none', logLevel: 'none' as never })
  const methods = new Map<string, Method>()
  for (const [service, object] of Object.entries(client)) {
    const prototype = typeof object === 'object' && object !== null ? Object.getPrototypeOf(object) : undefined
    if (!prototype || prototype === Object.prototype) continue
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const { value } = Object.getOwnPropertyDescriptor(prototype, name) ?? {}
      const text = typeof value === 'function' ? String(value) : ''
      const method = /method: '([A-Z]+)'/.exec(text)?.[1]
      const path = /buildUrl\)\('([^']+)'/.exec(text)?.[1]
      if (method && path) methods.set(placeOf(method, path), { service, name, takes: takenBy(text) })
    }
  }
  return methods
}

/** The client with one token of one class; what it was answered last is kept, refusals too. */
const clientOf = (actor: 'location' | 'agency', token: string) => {
  const id = { clientId: 'none', clientSecret: 'none' }
  const tokens = actor === 'location' ? { locationAccessToken: token } : { agencyAccessToken: token }
  const client = new HighLevel({ ...id, ...tokens, logLevel: 'none' as never })
  return client as unknown as Record<string, Record<string, Call>> & { getHttpClient(): Http }
}

const camel = (name: string) => name.replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase())

/** Path names by their place, as the official document calls them; ours may be others. */
const officialParams = (official: Described, asked: Asked) => {
  const names = [...official.path.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => camel(name))
  return Object.fromEntries(Object.values(asked.params).map((value, at) => [names[at] ?? '', value]))
}

/**
 * Asks through the official client, unmodified.
 *
 * @returns the answer as it came over HTTP; undefined where the client has no method for the operation
 */
export const askBySdk = async (
  methods: ReadonlyMap<string, Method>,
  [actor, token]: readonly ['location' | 'agency', string],
  official: Described,
  asked: Asked,
): Promise<Answer | undefined> => {
  const method = methods.get(official.place)
  if (!method) return undefined
  const client = clientOf(actor, token)
  let heard: Heard | undefined
  client.getHttpClient().interceptors.response.use(
    (response) => {
      heard = { status: response.status, data: response.data }
      return response
    },
    (error) => {
      throw error
    },
  )
  const query = Object.fromEntries(Object.entries(asked.query).map(([name, value]) => [camel(name), value]))
  const params = { ...officialParams(official, asked), ...query }
  const call = client[method.service]?.[method.name]
  try {
    const given = { params, requestBody: asked.body ?? {} }
    await call?.call(client[method.service], ...method.takes.map((name) => given[name]))
  } catch (error) {
    const { statusCode = 0, message, response } = error as { statusCode?: number; message: string; response?: unknown }
    heard ??= { status: statusCode, data: response ?? { statusCode, message } }
  }
  return heard && { status: heard.status, text: JSON.stringify(heard.data) }
}
