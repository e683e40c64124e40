import { DELETE, GET, POST, t } from '@groundlevel/contract-kit'
import { calendars } from './module.js'

/** An address from which a calendar program reads what is booked. */
export const CalendarFeed = t.Object({
  id: t.String(),
  locationId: t.String(),
  calendarId: t.Optional(t.String()),
  userId: t.Optional(t.String()),
  dateAdded: t.DateTime(),
})

const id = t.Optional(t.String({ minLength: 1, maxLength: 50 }))

export const feeds = calendars.resource(
  'feeds',
  '/calendars/feeds',
  {
    list: GET('', {
      id: 'list-calendar-feeds',
      summary: 'Feeds of a sub-account; their addresses are not known any more',
      extension: true,
      tenant: 'query',
      query: t.Object({ locationId: t.String() }),
      reply: t.Object({ feeds: t.Array(CalendarFeed) }),
    }),
    create: POST('', {
      id: 'create-calendar-feed',
      summary: 'Open a feed of a calendar or of a user; its address is shown this once',
      extension: true,
      tenant: 'body',
      body: t.Object({ locationId: t.String(), calendarId: id, userId: id }),
      status: 201,
      reply: t.Object({ feed: CalendarFeed, url: t.String() }),
    }),
    remove: DELETE('/:feedId', {
      id: 'delete-calendar-feed',
      summary: 'Close a feed: its address answers no more',
      extension: true,
      reply: t.Object({ success: t.Boolean() }),
    }),
  },
  { reaches: 'narrowed' },
)
