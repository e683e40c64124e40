import { createHash, randomBytes } from 'node:crypto'
import { badRequest, forbidden, found, unprocessable } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { demandUsers } from '../contacts/index.js'
import { calendarsOf } from './calendars.sql.js'
import { feedsOf, mostFeeds } from './feeds.sql.js'
import type { CalendarPorts } from './ports.js'

/** What is stored of a feed's secret: it is random enough that nothing slower is needed. */
export const feedDigest = (secret: string): Buffer => createHash('sha256').update(secret).digest()

export const feedPath = '/widget/feed'

export const feedHandlers = ({ users, publicUrl }: CalendarPorts) =>
  implement(api.calendars.feeds, ({ db, locationId }) => ({ feeds: feedsOf(db, locationId) }), {
    list: async (_given, { feeds, principal }) => ({ feeds: await feeds.list(principal.onlyAssignedTo) }),

    create: async ({ body: { calendarId, userId } }, { feeds, db, locationId, principal, newId, now, userId: createdBy }) => {
      if ((calendarId === undefined) === (userId === undefined))
        throw unprocessable(['either calendarId or userId should not be empty, and not both of them be set'])
      const { onlyAssignedTo } = principal
      if (onlyAssignedTo !== undefined && userId !== onlyAssignedTo)
        throw forbidden('You may open a feed of your own appointments only.', 'The user has assignedDataOnly.')
      if (calendarId) found(await calendarsOf(db, locationId).hold(calendarId), 'Calendar')
      await demandUsers(users, db, locationId, userId ? [userId] : [])
      if ((await feeds.count()) >= mostFeeds) throw badRequest(`A sub-account has at most ${mostFeeds} feeds: close one first.`)
      const secret = randomBytes(32).toString('base64url')
      const row = { id: newId(), calendarId: calendarId ?? null, userId: userId ?? null, createdBy }
      const feed = found(await feeds.add({ ...row, secretHash: feedDigest(secret) }, now), 'Feed')
      return { feed, url: `${publicUrl()}${feedPath}/${secret}.ics` }
    },

    remove: async ({ feedId }, { feeds, principal }) => {
      found((await feeds.remove(feedId, principal.onlyAssignedTo)) || undefined, 'Feed')
      return { success: true }
    },
  })
