import { apiModule, DELETE, GET, limitSkip, limitSkipQuery, POST, PUT, t } from '@groundlevel/contract-kit'
import { succeeded } from '../contacts/contact.shapes.js'

const links = apiModule({ name: 'links', version: '2021-07-28', actors: ['location'], scope: 'links' })

/** A trigger link: `fieldKey` is what stands for its address in a message. */
export const Link = t.Object({
  id: t.String(),
  name: t.String(),
  redirectTo: t.String(),
  fieldKey: t.String(),
  locationId: t.String(),
})

/** A person followed a link; `contactId` where the address said for whom it was. */
export const LinkClick = t.Object({
  id: t.String(),
  linkId: t.String(),
  contactId: t.Optional(t.String()),
  clickedAt: t.DateTime(),
  userAgent: t.String(),
})

const One = t.Object({ link: Link })
const All = t.Object({ links: t.Array(t.Row(Link)) })
const written = { name: t.String({ minLength: 1, maxLength: 400 }), redirectTo: t.Url({ maxLength: 2000 }) }
const Clicks = t.Object({ clicks: t.Array(t.Row(LinkClick)), total: t.Integer() })

/** PUT and DELETE answer 201 (sic). */
export const link = links.resource('link', '/links', {
  list: GET('/', {
    id: 'get-links',
    summary: 'Trigger links of a sub-account, newest first',
    reaches: 'none',
    tenant: 'query',
    query: t.Object({ locationId: t.String() }),
    reply: All,
  }),
  create: POST('/', {
    id: 'create-link',
    summary: 'Create a trigger link',
    reaches: 'none',
    tenant: 'body',
    body: t.Object({ locationId: t.String(), ...written }),
    status: 201,
    reply: One,
  }),
  search: GET('/search', {
    id: 'search-trigger-links',
    summary: 'Trigger links by a text in name or address',
    reaches: 'none',
    version: '2021-04-15',
    tenant: 'query',
    query: t.Object({
      locationId: t.String(),
      query: t.Optional(t.String({ maxLength: 200 })),
      ...limitSkipQuery(20),
    }),
    reply: All,
    page: limitSkip('links', 20),
  }),
  get: GET('/id/:linkId', {
    id: 'get-link-by-id',
    summary: 'One trigger link',
    reaches: 'none',
    tenant: 'query',
    query: t.Object({ locationId: t.String() }),
    reply: One,
  }),
  update: PUT('/:linkId', {
    id: 'update-link',
    summary: 'Change name and address of a trigger link',
    reaches: 'none',
    body: t.Object(written),
    tolerates: { locationId: 'programs send the sub-account along with every write; the record says whose it is' },
    status: 201,
    reply: One,
  }),
  remove: DELETE('/:linkId', {
    id: 'delete-link',
    summary: 'Delete a trigger link and what is known of its clicks',
    reaches: 'none',
    status: 201,
    reply: t.Object(succeeded),
  }),
  clicks: GET('/:linkId/clicks', {
    id: 'get-link-clicks',
    summary: 'Clicks on a trigger link, newest first',
    reaches: 'narrowed',
    extension: true,
    query: t.Object({ locationId: t.Optional(t.String()), ...limitSkipQuery(20) }),
    reply: t.Object({ ...Clicks.properties, contacts: t.Integer() }),
    page: limitSkip('clicks', 20),
  }),
})

/** Ours, so that a list asks once. */
export const clickCounts = links.resource(
  'clickCounts',
  '/_ground/links/counts',
  {
    list: GET('', {
      id: 'get-link-click-counts',
      summary: 'How often each trigger link was followed; those that nobody followed are left out',
      tenant: 'query',
      extension: true,
      query: t.Object({ locationId: t.String() }),
      reply: t.Object({ counts: t.Array(t.Object({ linkId: t.String(), clicks: t.Integer() })) }),
    }),
  },
  { reaches: 'none' },
)

export const clicksOfContact = links.resource(
  'clicksOfContact',
  '/contacts/:contactId/link-clicks',
  {
    list: GET('', {
      id: 'get-contact-link-clicks',
      summary: 'Trigger links that a contact followed, newest first',
      extension: true,
      query: t.Object({ locationId: t.Optional(t.String()), ...limitSkipQuery(20) }),
      reply: Clicks,
      page: limitSkip('clicks', 20),
    }),
  },
  { reaches: { contact: ['contactId'] } },
)
