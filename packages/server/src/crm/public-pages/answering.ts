import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** How often one visitor may come. */
export interface PageLimits {
  count(name: string): { readonly allowed: boolean; readonly retryAfterSeconds: number }
}

export interface PagePolicy {
  readonly nonce: string
  /** The page has a script of ours. */
  readonly hasScript?: boolean
  /** The origin to which its form leads on: a browser follows a redirect only to where the policy allows it. */
  readonly leadsTo?: string
  /** The origin of the one page that it frames, whose answers its script takes to us. */
  readonly frames?: string | undefined
  /** No other site may frame it: something is pressed here that costs money. */
  readonly isAlone?: boolean
}

type Answer = (request: FastifyRequest, reply: FastifyReply) => unknown

/** Ids as we make them: anything else is not worth a question to the database. */
export const isRecordId = (text: string): boolean => /^[A-Za-z0-9]{20}$/.test(text)

export const newNonce = (): string => randomBytes(16).toString('base64')

/** Any site may frame the page unless it says otherwise: that is what it is for. It has no cookie that another page could use. */
export const pageHeaders = ({ nonce, hasScript = false, leadsTo = '', frames, isAlone = false }: PagePolicy) => ({
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(hasScript ? [`script-src 'nonce-${nonce}'`] : []),
    ...(frames ? [`frame-src ${frames}`, "connect-src 'self'"] : []),
    "base-uri 'none'",
    `form-action 'self'${leadsTo ? ` ${leadsTo}` : ''}`,
    `frame-ancestors ${isAlone ? "'none'" : '*'}`,
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'cache-control': 'no-store',
})

export const sendPage = (reply: FastifyReply, status: number, html: string, policy: PagePolicy) =>
  reply.code(status).headers(pageHeaders(policy)).type('text/html; charset=utf-8').send(html)

/** `act`, or `refuse` with a header that says when to come again. */
export const limited =
  (limits: PageLimits, name: string, act: Answer, refuse: Answer): Answer =>
  (request, reply) => {
    const { allowed, retryAfterSeconds } = limits.count(`${name} ${request.ip}`)
    return allowed ? act(request, reply) : refuse(request, reply.header('retry-after', retryAfterSeconds))
  }
