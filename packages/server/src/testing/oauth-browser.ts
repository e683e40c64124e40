import type { LightMyRequestResponse } from 'fastify'
import type { OAuthWorld, TestApp, TestPerson } from './oauth-world.js'

/** What a decision may say; the rest has the contract's defaults. */
export interface Choice {
  readonly companyId?: string
  readonly locationIds?: readonly string[]
  readonly all?: boolean
  readonly future?: boolean
  readonly action?: 'allow' | 'show' | 'deny'
}

export interface Asked {
  readonly status: number
  /** Id of the interaction, where the page is the consent page. */
  readonly interaction: string
  /** Where the browser was sent, '' where a page was shown. */
  readonly location: string
  readonly html: string
  readonly reply: LightMyRequestResponse
}

const metaOf = (html: string, name: string) => new RegExp(`<meta name="${name}" content="([^"]*)">`).exec(html)?.[1] ?? ''

/** One browser: keeps cookies, asks for consent, decides. */
export class Browser {
  readonly #cookies = new Map<string, string>()

  constructor(readonly world: OAuthWorld) {}

  async signIn(person: TestPerson): Promise<this> {
    this.keep(await this.world.signIn(person))
    return this
  }

  private keep(cookie: string): void {
    const [pair = ''] = cookie.split(';')
    const at = pair.indexOf('=')
    this.#cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }

  async send(method: 'GET' | 'POST' | 'DELETE', url: string, body?: object): Promise<LightMyRequestResponse> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await this.world.app.inject({
      method,
      url,
      headers: { cookie, 'x-groundlevel': 'portal', ...(body && { 'content-type': 'application/json' }) },
      ...(body && { payload: JSON.stringify(body) }),
    })
    for (const each of [reply.headers['set-cookie'] ?? []].flat()) this.keep(each)
    return reply
  }

  /** Opens the authorization endpoint with exactly this query. */
  async open(query: string, path = '/oauth/chooselocation'): Promise<Asked> {
    const reply = await this.send('GET', `${path}?${query}`)
    const location = reply.headers.location
    return {
      status: reply.statusCode,
      interaction: metaOf(reply.body, 'interaction'),
      location: typeof location === 'string' ? location : '',
      html: reply.body,
      reply,
    }
  }

  authorize(app: TestApp, more: Readonly<Record<string, string>> = {}): Promise<Asked> {
    const query = new URLSearchParams({ response_type: 'code', client_id: app.clientId, redirect_uri: app.redirectUri, ...more })
    return this.open(query.toString())
  }

  consent(interaction: string): Promise<LightMyRequestResponse> {
    return this.send('GET', `/_ground/consent/${interaction}`)
  }

  async decide(interaction: string, choice: Choice = {}): Promise<LightMyRequestResponse> {
    const shown = (await this.consent(interaction)).json()
    return this.send('POST', `/_ground/consent/${interaction}/decision`, {
      action: 'allow',
      csrf: shown.interaction?.csrf ?? '',
      ...choice,
    })
  }

  /** From the link to the code. */
  async obtainCode(app: TestApp, choice: Choice = {}, more: Readonly<Record<string, string>> = {}): Promise<string> {
    const { interaction, location } = await this.authorize(app, more)
    if (!interaction) throw new Error(`No consent page, but ${location}`)
    const reply = await this.decide(interaction, choice)
    const to = reply.json().redirectTo
    const code = to ? new URL(to, 'http://portal').searchParams.get('code') : null
    if (code === null) throw new Error(`No code: ${reply.statusCode} ${reply.body} ${this.world.said.at(-1) ?? ''}`)
    return code
  }
}

export const browserOf = (world: OAuthWorld) => new Browser(world)

/** `POST /oauth/token` as a form. */
export const postToken = (
  world: OAuthWorld,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
) =>
  world.app.inject({
    method: 'POST',
    url: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(fields).toString(),
  })

export const clientFields = ({ clientId, clientSecret }: TestApp) => ({ client_id: clientId, client_secret: clientSecret })

export const exchange = (world: OAuthWorld, app: TestApp, code: string, more: Readonly<Record<string, string>> = {}) =>
  postToken(world, { ...clientFields(app), grant_type: 'authorization_code', code, ...more })

export const refresh = (world: OAuthWorld, app: TestApp, token: string, more: Readonly<Record<string, string>> = {}) =>
  postToken(world, { ...clientFields(app), grant_type: 'refresh_token', refresh_token: token, ...more })

/** An API call with a bearer token. */
export const callApi = (
  world: OAuthWorld,
  token: string,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  body?: object,
) =>
  world.app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${token}`, version: '2021-07-28', ...(body && { 'content-type': 'application/json' }) },
    ...(body && { payload: JSON.stringify(body) }),
  })
