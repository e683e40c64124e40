import { allOperations } from '@groundlevel/contracts'
import type { FastifyInstance } from 'fastify'
import { mountBlobs } from '../blobs/index.js'
import { authorizeRoutes } from '../oauth/index.js'
import type { Rooms } from '../rooms.js'
import type { Services } from '../services.js'
import { mount } from './mount.js'
import { createPages, mountPages } from './pages.js'
import { createRateLimits } from './rate-limits.js'
import { createServer } from './server.js'
import type { ReplyChecking } from './steps/check-reply.js'

/** The rows that this installation serves: extensions are a setting, the lab is for local starts alone. */
const servedOperations = ({ extensions, production }: Services['config']) =>
  allOperations.filter(
    (operation) => (extensions === 'on' || !operation.extension) && !(production && operation.module === 'lab'),
  )

/** The whole HTTP side over the given rooms; it does not listen. */
export const createApp = (
  services: Services,
  rooms: Rooms,
  options: { webDir: string; replyChecking: ReplyChecking },
): FastifyInstance => {
  const { config, clock, db, say } = services
  const operations = servedOperations(config)
  const limits = createRateLimits(config.rateLimits)
  const app = createServer({ trustProxy: config.trustProxy, limits, operations, say })
  const renderPage = createPages(options.webDir, clock.aheadMs)
  mount(app, operations, {
    clock,
    db,
    limits,
    say,
    implementations: rooms.implementations,
    assigned: rooms.assigned,
    replyChecking: options.replyChecking,
    record: rooms.timeline.record,
    companyOfLocation: async (id) => (await rooms.identity.location(id))?.companyId,
    outbox: { addEvent: rooms.webhooks.addEvent, addEvents: rooms.webhooks.addEvents },
    wake: rooms.webhooks.wake,
    authenticators: {
      token: rooms.oauth.authenticate,
      session: rooms.identity.accountOf,
      cookieName: rooms.identity.cookieName,
      // The port is known once the server listens.
      publicUrl: () => services.publicUrl,
    },
  })
  app.register(rooms.links.routes(limits))
  app.register(rooms.talk.routes)
  app.register(rooms.formPages(limits))
  app.register(rooms.workflowHooks(limits))
  app.register(rooms.bookingPages(limits))
  app.register(rooms.payPages(limits))
  app.register(authorizeRoutes(services, rooms.oauthParts, renderPage))
  mountBlobs(app, rooms.blobs)
  mountPages(app, options.webDir, renderPage)
  return app
}
