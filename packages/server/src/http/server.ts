import { badRequest, noSuchPath, type Operation, unauthorized } from '@groundlevel/contract-kit'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { newUuid } from '../ids.js'
import { refusalOf } from './failure.js'
import { placesOf } from './mount.js'
import { type RateLimits, rateHeaders } from './rate-limits.js'
import { parseQueryString } from './validate/query-string.js'

export interface ServerOptions {
  readonly trustProxy: readonly string[]
  readonly limits: RateLimits
  readonly operations: readonly Operation[]
  say(line: string): void
}

const maxParamLength = 500

const parseJson = (app: FastifyInstance) => {
  const strict = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  // Clients send `content-type: application/json` on empty bodies too (live facts): that is no body, not a bad one.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (String(text).trim() === '') done(null, undefined)
    else strict(request, text as string, done)
  })
}

const parseForms = (app: FastifyInstance) =>
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) =>
    done(null, { ...parseQueryString(String(text)) }),
  )

const ownPath = /^\/(_ground|portal|oauth\/chooselocation|v2\/oauth\/chooselocation|\.well-known|health)(\/|\?|$)/

/**
 * The path that the router found. As it was sent it may be percent-encoded (`/%5fground`) or have a host in front, and would
 * pass for another.
 */
const pathOf = ({ routeOptions, url }: FastifyRequest): string | undefined => {
  if (routeOptions.url !== undefined) return routeOptions.url
  try {
    return decodeURIComponent(url.split('?')[0] ?? '')
  } catch {
    return undefined
  }
}

const isOpen = (path = ''): boolean =>
  path.startsWith('/') && (path.startsWith('/.well-known') || (!ownPath.test(path) && !/^\/oauth\/token/i.test(path)))

/** Exposed to browsers of any origin, without credentials; the portal's own routes to none. */
const allowOrigins = (app: FastifyInstance) => {
  // Of the routes that there are, each is looked at once.
  const known = new Map<string, boolean>()
  const isOpenRoute = (url: string) => {
    const open = known.get(url) ?? isOpen(url)
    known.set(url, open)
    return open
  }
  // A hook that calls back: one that is async would be a promise more for each call.
  app.addHook('onRequest', (request, reply, done) => {
    const { url } = request.routeOptions
    if (!(url === undefined ? isOpen(pathOf(request)) : isOpenRoute(url))) return done()
    reply.header('access-control-allow-origin', '*')
    reply.header(
      'access-control-expose-headers',
      'x-ratelimit-limit-daily, x-ratelimit-daily-remaining, x-ratelimit-daily-reset, x-ratelimit-interval-milliseconds, x-ratelimit-max, x-ratelimit-remaining',
    )
    if (request.method !== 'OPTIONS') return done()
    reply.header('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE')
    reply.header(
      'access-control-allow-headers',
      'Authorization, Version, Content-Type, x-sdk-version, locationId, x-location-id, companyId, x-company-id, Idempotency-Key',
    )
    reply.header('access-control-max-age', '600')
    reply.code(204).send()
  })
}

const patternOf = (path: string) =>
  new RegExp(
    `^${path
      .replace(/\/$/, '')
      .replace(/[.]/g, '\\.')
      .replace(/:[^/]+/g, '[^/]+')}/?$`,
  )

declare module 'fastify' {
  interface FastifyRequest {
    /** Files came to a route that takes none; nobody has read them. */
    filesUnread: boolean
  }
}

/** Marks requests with files and leaves their bodies unread: what may come is known only once the row and the caller are. */
const markFiles = (app: FastifyInstance) => {
  app.decorateRequest('filesUnread', false)
  app.addContentTypeParser('multipart/form-data', (request, _payload, done) => {
    request.filesUnread = true
    done(null)
  })
}

/** A path that some row has under another method: the gateway's own 401. No such path: 404. */
const notFound = ({ operations, limits }: ServerOptions) => {
  const patterns = operations
    .filter(({ path }) => !ownPath.test(path))
    .flatMap((operation) => placesOf(operation).map(({ path }) => patternOf(path)))
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const [path = ''] = request.url.split('?')
    const known = patterns.some((pattern) => pattern.test(path))
    const error = known
      ? unauthorized('This route is not yet supported by the IAM Service. Please update your IAM config.')
      : noSuchPath(request.method, path)
    const { status, text, headers } = refusalOf(error, newUuid())
    return reply
      .code(status)
      .headers({ ...rateHeaders(limits.untouched()), ...headers })
      .type('application/json; charset=utf-8')
      .send(text)
  }
}

/** A path that the router cannot even take apart: in our form, for Fastify's own has no traceId and repeats the path at length. */
const unreadable =
  ({ limits }: ServerOptions) =>
  (error: { code?: string }, _request: FastifyRequest, reply: FastifyReply) => {
    const long = error.code === 'FST_ERR_MAX_PARAM_LENGTH'
    const why = long
      ? `A part of the path is longer than ${maxParamLength} characters.`
      : 'The path is not percent-encoded UTF-8.'
    const { status, text, headers } = refusalOf(badRequest(why), newUuid())
    reply
      .code(status)
      .headers({ ...rateHeaders(limits.untouched()), ...headers })
      .type('application/json; charset=utf-8')
      .send(text)
  }

/** Answers what is under way, but waits no longer for callers who have not even finished asking. */
export const closeServer = async (app: FastifyInstance, patienceMs = 5_000): Promise<void> => {
  const late = setTimeout(() => app.server.closeAllConnections(), patienceMs)
  try {
    await app.close()
  } finally {
    clearTimeout(late)
  }
}

/** Fastify with our parsers, errors and 404s; routes are mounted by whoever wires. */
export const createServer = (options: ServerOptions): FastifyInstance => {
  const app = Fastify({
    bodyLimit: 1_048_576,
    // Fastify waits for ever by default: a body that never ends would hold its connection as long.
    requestTimeout: 60_000,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    trustProxy: options.trustProxy.length > 0 ? [...options.trustProxy] : false,
    // Programs put a path together of parts that bring a slash each.
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength },
    frameworkErrors: unreadable(options),
  })
  parseJson(app)
  parseForms(app)
  markFiles(app)
  allowOrigins(app)
  app.setNotFoundHandler(notFound(options))
  app.setErrorHandler((error, _request, reply) => {
    const { status, text, headers, unexpected } = refusalOf(error, newUuid())
    if (unexpected) options.say((error as Error).stack ?? String(error))
    return reply.code(status).headers(headers).type('application/json; charset=utf-8').send(text)
  })
  return app
}
