import { apiModule, GET, POST, t } from '@groundlevel/contract-kit'

const module = apiModule({
  name: 'notices',
  version: '2021-04-15',
  actors: ['location'],
  scope: 'calendars/events',
  reaches: 'none',
})

/** Something that one user of a sub-account is told in the portal. */
export const UserNotice = t.Object({
  id: t.String(),
  title: t.String(),
  body: t.String(),
  /** The appointment that it is about, as long as there is one. */
  appointmentId: t.Optional(t.String()),
  contactId: t.Optional(t.String()),
  opportunityId: t.Optional(t.String()),
  dateAdded: t.DateTime(),
  readAt: t.Optional(t.DateTime()),
})

export const notices = module.resource('notices', '/_ground/notices', {
  list: GET('', {
    id: 'list-notices',
    summary: 'What the user behind the call was told, newest first; nobody: nothing',
    extension: true,
    tenant: 'query',
    query: t.Object({ locationId: t.String(), limit: t.Default(t.Integer({ minimum: 1, maximum: 100 }), 30) }),
    reply: t.Object({ notices: t.Array(UserNotice), unread: t.Integer() }),
  }),
  read: POST('/read', {
    id: 'read-notices',
    summary: 'The user has read these notices, or all of them',
    extension: true,
    tenant: 'body',
    body: t.Object({
      locationId: t.String(),
      ids: t.Optional(t.Array(t.String({ maxLength: 50 }), { maxItems: 100 })),
    }),
    reply: t.Object({ succeeded: t.Boolean() }),
  }),
})
