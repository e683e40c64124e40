import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { browserOf } from '../browser-cookie.js'
import { appMeant } from '../clients.js'
import type { OAuthParts, OAuthServices } from '../parts.js'
import { parseParameters } from './parameters.js'
import { errorRedirect, issuerOf } from './redirect.js'
import { type AuthorizeError, AuthorizeRefusal } from './refusal.js'
import { type Authorization, authorizeSteps } from './steps.js'

/** What the web's index page is told; it is served with the status, a nonce and the security headers by whoever renders it. */
export interface ConsentPage {
  readonly status: number
  readonly interaction?: string
  readonly authorizeError?: AuthorizeError
}

export type RenderPage = (reply: FastifyReply, page: ConsentPage) => unknown

type Parts = Pick<OAuthParts, 'apps' | 'log'>

/** Anybody may have written it, and PostgreSQL refuses a NUL. */
const printable = (text: string) => text.replace(/\p{Cc}/gu, '?').slice(0, 2000)

/** A refusal is found again in the timeline of the app that it concerns, where one can be told. */
const logRefusal = async (request: Authorization, why: string, { apps, log }: Parts) => {
  const app = request.client?.app ?? (await appMeant(apps, request.parameters.get('client_id')))
  if (!app) return
  const tenant = { companyId: null, locationId: null, familyId: null, installId: null }
  log.token({
    ...tenant,
    at: request.now,
    traceId: randomUUID(),
    act: 'authorize',
    kind: 'install',
    appId: app.id,
    ok: false,
    why: printable(why),
  })
}

/** `GET /oauth/chooselocation` and its newer twin. Not contract operations: they answer a browser. */
export const authorizeRoutes = (services: OAuthServices, parts: Parts, renderPage: RenderPage) => {
  const redirect = (reply: FastifyReply, url: string) =>
    reply.code(302).header('location', url).header('cache-control', 'no-store').send()

  const refuse = async (reply: FastifyReply, request: Authorization, refusal: AuthorizeRefusal) => {
    await logRefusal(request, refusal.why, parts)
    const { redirectUri, state } = request
    if (refusal.to === 'page' || redirectUri === undefined)
      return renderPage(reply, { status: 400, authorizeError: refusal.page })
    return redirect(reply, errorRedirect({ redirectUri, state, issuer: issuerOf(services) }, refusal.code, refusal.page.detail))
  }

  const authorize = async (asked: FastifyRequest, reply: FastifyReply) => {
    const request: Authorization = {
      parameters: parseParameters(asked.raw.url ?? asked.url),
      now: services.clock.now(),
      browser: browserOf(asked, reply, services.publicUrl),
      state: null,
      scopes: [],
      codeChallenge: null,
    }
    try {
      for (const step of authorizeSteps) await step(request, parts, services)
    } catch (error) {
      if (!(error instanceof AuthorizeRefusal)) throw error
      return refuse(reply, request, error)
    }
    return renderPage(reply, { status: 200, interaction: request.interactionId as string })
  }

  return async (app: FastifyInstance): Promise<void> => {
    app.get('/oauth/chooselocation', authorize)
    app.get('/v2/oauth/chooselocation', authorize)
  }
}
