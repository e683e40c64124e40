import type { IncomingMessage, ServerResponse } from 'node:http'
import { requestOf, respond } from './node/messages.js'
import type { WebhookReceiver } from './webhooks/receiver.js'

/** What is used of Express (4 or 5) and of anything shaped like it. */
export type ExpressHandler = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void

/**
 * Express middleware: `app.post('/webhooks', expressWebhooks(receiver))`, before `express.json()` or after `express.raw({ type: '*' + '/*' })`.
 * Errors, a body parser that was first included, go to `next`.
 */
export const expressWebhooks =
  (receiver: WebhookReceiver): ExpressHandler =>
  (request, response, next) => {
    const take = async () => respond(await receiver.receive(requestOf(request)), response)
    take().catch(next)
  }
