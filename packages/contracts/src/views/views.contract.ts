import { apiModule, DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'

const views = apiModule({
  name: 'views',
  auth: 'session',
  because: 'views of lists that the signed-in person keeps for themselves in a sub-account they may enter',
})

/** What a list shows: the same filters that `POST /contacts/search` takes, so that nothing is translated. */
const Definition = t.Object({
  query: t.Optional(t.String({ maxLength: 75 })),
  filters: t.Array(t.Open(), { maxItems: 100 }),
  sort: t.Optional(t.Object({ field: t.String({ maxLength: 200 }), direction: t.Enum(['asc', 'desc']) })),
  columns: t.Array(t.String({ maxLength: 200 }), { maxItems: 100 }),
})

export const SavedView = t.Object({
  id: t.String(),
  kind: t.Enum(['contacts']),
  name: t.String(),
  definition: Definition,
  dateAdded: t.DateTime(),
  dateUpdated: t.DateTime(),
})

const Name = t.String({ minLength: 1, maxLength: 80 })
const Where = t.Object({ locationId: t.String() })
const One = t.Object({ view: SavedView })

export const saved = views.resource('saved', '/_ground/views', {
  list: GET('', {
    id: 'views-list',
    summary: 'Your views of a list, by name',
    query: t.Object({ locationId: t.String(), kind: t.Enum(['contacts']) }),
    reply: t.Object({ views: t.Array(t.Row(SavedView)) }),
  }),
  create: POST('', {
    id: 'views-create',
    summary: 'Keep a view; at most 100 of a list',
    body: t.Object({ locationId: t.String(), kind: t.Enum(['contacts']), name: Name, definition: Definition }),
    status: 201,
    reply: One,
  }),
  update: PUT('/:viewId', {
    id: 'views-update',
    summary: 'Rename a view, or keep what the list shows now',
    query: Where,
    body: t.Object({ name: t.Optional(Name), definition: t.Optional(Definition) }),
    reply: One,
  }),
  remove: DELETE('/:viewId', {
    id: 'views-remove',
    summary: 'Forget a view',
    query: Where,
    reply: t.Object({ succeeded: t.Boolean() }),
  }),
})
