import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { safeHtml } from '../safe-html.js'

/** What the authorization endpoint hands to the page. */
export interface PageOptions {
  readonly status?: number
  /** Id of the interaction that the consent page works on. */
  readonly interaction?: string
  /** Shown instead of a consent that must not go on (RFC 6749 §4.1.2.1: never a redirect). */
  readonly authorizeError?: { readonly title: string; readonly detail: string; readonly hint: string }
}

/** Sends the web app's page. */
export type RenderPage = (reply: FastifyReply, options?: PageOptions) => FastifyReply

const policy = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Never framed, never indexed, no referrer, never kept (oauth-and-webhooks A14, A15). */
const pageHeaders = (nonce: string) => ({
  'content-security-policy': policy(nonce),
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
})

const notBuilt =
  '<!doctype html><title>Groundlevel</title><p>The portal is not built. Run <code>npm run build</code> and start again.'

/** The page of the web app, its placeholders filled in for each request. */
export const createPages = (webDir: string, clockAheadMs: () => number = () => 0): RenderPage => {
  const file = join(webDir, 'index.html')
  const template = existsSync(file) ? readFileSync(file, 'utf8') : notBuilt
  return (reply, { status = 200, interaction = '', authorizeError } = {}) => {
    const nonce = randomBytes(16).toString('base64')
    const html = template
      .replaceAll('__CSP_NONCE__', nonce)
      .replaceAll('__INTERACTION__', safeHtml(interaction))
      .replaceAll('__CLOCK_AHEAD_MS__', String(clockAheadMs()))
      // A function: in a replacement text, `$` and a backtick would put the page into the attribute, quotes and all.
      .replaceAll('__AUTHORIZE_ERROR__', () => safeHtml(authorizeError ? JSON.stringify(authorizeError) : ''))
    return reply.code(status).headers(pageHeaders(nonce)).type('text/html; charset=utf-8').send(html)
  }
}

/** `/portal`, everything below it, its assets, and `/` for browsers, which a share link opens too. */
export const mountPages = (app: FastifyInstance, webDir: string, render: RenderPage): void => {
  const assets = join(webDir, 'assets')
  if (existsSync(assets)) {
    app.register(fastifyStatic, {
      root: assets,
      prefix: '/portal/assets/',
      immutable: true,
      maxAge: '365d',
      decorateReply: false,
      index: false,
    })
  }
  app.get<{ Querystring: { readonly share?: string } }>('/', ({ query: { share } }, reply) =>
    // The link of a shared snapshot, in the form that the documents show.
    reply.redirect(/^\w{1,100}$/.test(share ?? '') ? `/portal/shared/${share}` : '/portal', 302),
  )
  for (const url of ['/portal', '/portal/*'])
    app.route({ method: ['GET', 'HEAD'], url, handler: (_request, reply) => render(reply) })
}
