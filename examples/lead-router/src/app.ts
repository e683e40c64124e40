import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createClient, keepTokens, type TokenRecord } from '@groundlevel/app-kit'
import { fastifyWebhooks } from '@groundlevel/app-kit/fastify'
import { requestOf } from '@groundlevel/app-kit/node'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Arrivals } from './arrivals.js'
import { Connecting, type Outcome } from './callback.js'
import { Clients, type KnownClient } from './clients.js'
import { callbackPage, homePage, livePart, type View } from './pages.js'
import { leadReceiver } from './route-leads.js'
import { isLocal, type Settings } from './settings.js'

const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const sendPage = (reply: FastifyReply, page: string, status = 200) =>
  reply
    .code(status)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      // Not `no-referrer`: a browser then sends `Origin: null` with our own form, which looks foreign.
      'referrer-policy': 'same-origin',
    })
    .send(page)

const browserOf = ({ headers }: FastifyRequest): string | undefined =>
  /(?:^|;\s*)browser=([\w-]+)/.exec(headers.cookie ?? '')?.[1]

const isForeign = ({ headers }: FastifyRequest) => headers.origin !== undefined && headers.origin !== `http://${headers.host}`

/** The program's parts, wired. */
class LeadRouter {
  readonly arrivals: Arrivals
  readonly clients: Clients
  readonly connecting: Connecting
  readonly receiver: ReturnType<typeof leadReceiver>
  readonly #names = new Map<string, string>()

  constructor(
    private readonly app: FastifyInstance,
    private readonly settings: Settings,
    now: () => Date,
  ) {
    this.arrivals = new Arrivals(now)
    this.clients = new Clients(
      settings,
      () => `${this.#origin()}/oauth/callback`,
      (client) => keepTokens(this.receiver, client.oauth),
    )
    this.connecting = new Connecting(this.clients)
    this.receiver = leadReceiver({ settings, clients: this.clients, arrivals: this.arrivals })
    if (settings.key) this.clients.add(settings.key)
  }

  async view(): Promise<View> {
    const origin = this.#origin()
    return {
      clients: await this.clients.all(),
      connections: await this.clients.connections(),
      arrivals: this.arrivals.list(),
      names: this.#names,
      platformUrl: this.settings.platformUrl,
      redirectUri: `${origin}/oauth/callback`,
      webhookUrl: `${origin}/webhooks`,
      local: isLocal(this.settings),
    }
  }

  async page(reply: FastifyReply, outcome: Outcome) {
    if (outcome.kind === 'connected') await this.#learnName(outcome.client, outcome.record)
    const { status, page } = callbackPage(await this.view(), outcome)
    return sendPage(reply, page, status)
  }

  /** The redirect URL is registered with the set port, so it only follows the real one where any was asked for. */
  #origin(): string {
    const { port } = this.settings
    const bound = this.app.server.address() as AddressInfo | null
    return `http://127.0.0.1:${port === 0 ? (bound?.port ?? 0) : port}`
  }

  /** A name is friendlier than an id, and its scope may not have been granted. */
  async #learnName({ oauth }: KnownClient, { locationId }: TokenRecord) {
    if (locationId === undefined) return
    const api = createClient({ baseUrl: this.settings.platformUrl, token: oauth.tokenFor({ locationId }), timeoutMs: 3000 })
    const reply = await api.locations.location.get({ locationId }).catch(() => undefined)
    if (reply) this.#names.set(locationId, reply.location.name)
  }
}

interface KeyForm {
  readonly name?: string
  readonly clientId?: string
  readonly clientSecret?: string
  readonly code?: string
}

const addKey = async (router: LeadRouter, request: FastifyRequest, reply: FastifyReply) => {
  const view = await router.view()
  if (!view.local || isForeign(request))
    return reply.code(403).send('Keys are only taken from this program’s own page, beside a local platform.')
  const { name, clientId, clientSecret, code } = request.body as KeyForm
  if (!clientId?.trim() || !clientSecret?.trim()) return reply.code(400).send('Give both the client id and the client secret.')
  router.clients.add({ name: name?.trim() || 'your app', clientId: clientId.trim(), clientSecret: clientSecret.trim() })
  if (!code) return reply.redirect('/', 303)
  const address = new Request(`${view.redirectUri}?${new URLSearchParams({ code })}`)
  return router.page(reply, await router.connecting.arrive(address, undefined))
}

const addConnecting = (app: FastifyInstance, router: LeadRouter) => {
  app.get<{ Querystring: { client?: string } }>('/connect', async (request, reply) => {
    const [first] = await router.clients.all()
    const client = request.query.client === undefined ? first : router.clients.byId(request.query.client)
    if (client === undefined) return router.page(reply, { kind: 'failed', said: 'That client key is not known here.' })
    const browser = browserOf(request) ?? router.connecting.newBrowser()
    const url = await router.connecting.begin(client, browser)
    return reply.header('set-cookie', `browser=${browser}; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400`).redirect(url, 302)
  })
  app.get('/oauth/callback', async (request, reply) =>
    router.page(reply, await router.connecting.arrive(requestOf(request.raw), browserOf(request))),
  )
  app.post('/clients', async (request, reply) => addKey(router, request, reply))
}

const file = (name: string) => readFileSync(new URL(`../public/${name}`, import.meta.url))

const addPages = (app: FastifyInstance, router: LeadRouter) => {
  app.get('/', async (_, reply) => sendPage(reply, homePage(await router.view())))
  app.get('/live', async (_, reply) => sendPage(reply, livePart(await router.view())))
  app.get('/arrivals', async () => ({ arrivals: router.arrivals.list() }))
  for (const [path, type] of [
    ['page.css', 'text/css'],
    ['page.js', 'text/javascript'],
  ] as const) {
    const content = file(path)
    app.get(`/${path}`, async (_, reply) =>
      reply.type(`${type}; charset=utf-8`).header('cache-control', 'no-cache').send(content),
    )
  }
}

/** The app, not listening yet, so that tests can inject. */
export const buildApp = async (settings: Settings, now: () => Date): Promise<FastifyInstance> => {
  const app = Fastify({ routerOptions: { ignoreTrailingSlash: true } })
  const router = new LeadRouter(app, settings, now)
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  addPages(app, router)
  addConnecting(app, router)
  // Whose tokens an event is about must be known before it is handled, also when nobody has looked at the page yet.
  app.addHook('onRequest', async ({ url }) => {
    if (url.startsWith('/webhooks')) await router.clients.all()
  })
  await app.register(fastifyWebhooks, { receiver: router.receiver })
  return app
}
