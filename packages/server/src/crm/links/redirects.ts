import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../../database/wire.js'
import { newId } from '../../ids.js'
import type { Services } from '../../services.js'
import { attributeContact, attributionOf, holdContacts } from '../contacts/index.js'
import { addClick, type Click } from './clicks.sql.js'
import { hashOfIp, isPerson, safeTarget } from './links.rules.js'
import { linkById } from './links.sql.js'

/** Hears of each click in the transaction that stores it. */
export type LinkListener = (work: { readonly db: Db; readonly now: Date }, click: Click) => Promise<void>

interface Limits {
  count(name: string): { readonly allowed: boolean; readonly retryAfterSeconds: number }
}

export interface LinkRedirects {
  /** For whoever acts on a click, such as a workflow. */
  onLinkClicked(listener: LinkListener): void
  /** `GET /_ground/l/{linkId}?contact={contactId}`. Not a contract operation: it answers a browser. */
  routes(limits: Limits): (app: FastifyInstance) => Promise<void>
}

/** Ids as we make them: anything else is not worth a question to the database. */
const idForm = /^[A-Za-z0-9]{20}$/
const longestAgent = 300

const headers = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' }

const refuse = (reply: FastifyReply, status: number, text: string) =>
  reply.code(status).headers(headers).type('text/plain; charset=utf-8').send(text)

const printable = (text: string) => text.replace(/\p{Cc}|\p{Cs}/gu, '?').slice(0, longestAgent)

interface Followed {
  readonly locationId: string
  readonly id: string
  readonly redirectTo: string
}

const visitOf = ({ id, redirectTo }: Followed, { headers: { referer } }: FastifyRequest, userAgent: string) =>
  attributionOf({ url: 'Trigger Link', address: redirectTo, referrer: referer, userAgent, medium: 'link', mediumId: id })

/** The way from a message to where a link leads. */
export const createLinkRedirects = ({ db, clock, secret }: Pick<Services, 'db' | 'clock' | 'secret'>): LinkRedirects => {
  const listeners: LinkListener[] = []

  const store = (link: Followed, request: FastifyRequest, asked: string | undefined) => {
    const { locationId } = link
    const now = clock.now()
    const userAgent = printable(request.headers['user-agent'] ?? '')
    return db.transaction().execute(async (transaction) => {
      const [contactId = null] = asked ? await holdContacts(transaction, locationId, [asked]) : []
      const ipHash = hashOfIp(secret, locationId, request.ip)
      const click: Click = { locationId, id: newId(now), linkId: link.id, contactId, clickedAt: now, userAgent, ipHash }
      await addClick(transaction, click)
      if (contactId) await attributeContact(transaction, locationId, contactId, visitOf(link, request, userAgent), now)
      for (const listener of listeners) await listener({ db: transaction, now }, click)
    })
  }

  const follow = async (limits: Limits, request: FastifyRequest, reply: FastifyReply) => {
    const { allowed, retryAfterSeconds } = limits.count(`link ${request.ip}`)
    if (!allowed) return refuse(reply.header('retry-after', retryAfterSeconds), 429, 'Too many links at once; try again shortly.')
    const { linkId } = request.params as { linkId: string }
    const { contact } = request.query as { contact?: unknown }
    const link = idForm.test(linkId) ? await linkById(db, linkId) : undefined
    const target = link && safeTarget(link.redirectTo)
    if (!link || !target) return refuse(reply, 404, 'This link leads nowhere any more.')
    const purpose = request.headers['sec-purpose'] ?? request.headers.purpose
    const visit = { method: request.method, userAgent: request.headers['user-agent'], purpose: purpose?.toString() }
    const asked = typeof contact === 'string' && idForm.test(contact) ? contact : undefined
    if (isPerson(visit)) await store(link, request, asked)
    return reply.code(302).headers(headers).header('location', target).send()
  }

  return {
    onLinkClicked: (listener) => {
      listeners.push(listener)
    },
    routes: (limits) => async (app) => {
      app.route({
        method: ['GET', 'HEAD'],
        url: '/_ground/l/:linkId',
        handler: (request, reply) => follow(limits, request, reply),
      })
    },
  }
}
