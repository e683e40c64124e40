import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { browserOf } from '../browser-cookie.js'
import { appMeant } from '../clients.js'
import type { OAuthParts, OAuthServices } from '../parts.js'
import { parseParameters } from './parameters.js'
import { errorRedirect } from './redirect.js'
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

/**
 * `GET /oauth/chooselocation` and its newer twin, which are HighLevel's, and `/oauth/authorize`, which is found by discovery. Only who has
 * come by that knows our issuer and is told it: programs that are set up for HighLevel refuse an `iss` that they do not expect.
 * Not contract operations: they answer a browser.
 */
export const authorizeRoutes = (services: OAuthServices, parts: Parts, renderPage: RenderPage) => {
  const redirect = (reply: FastifyReply, url: string) =>
    reply.code(302).header('location', url).header('cache-control', 'no-store').send()

  const refuse = async (reply: FastifyReply, request: Authorization, refusal: AuthorizeRefusal) => {
    await logRefusal(request, refusal.why, parts)
    const { redirectUri, state, namesIssuer } = request
    if (refusal.to === 'page' || redirectUri === undefined)
      return renderPage(reply, { status: 400, authorizeError: refusal.page })
    const address = { redirectUri, state, issuer: namesIssuer ? services.publicUrl : null }
    return redirect(reply, errorRedirect(address, refusal.code, refusal.page.detail))
  }

  const authorize = (namesIssuer: boolean) => async (asked: FastifyRequest, reply: FastifyReply) => {
    const request: Authorization = {
      parameters: parseParameters(asked.raw.url ?? asked.url),
      now: services.clock.now(),
      browser: browserOf(asked, reply, services.publicUrl),
      namesIssuer,
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
    app.get('/oauth/chooselocation', authorize(false))
    app.get('/v2/oauth/chooselocation', authorize(false))
    app.get('/oauth/authorize', authorize(true))
  }
}
