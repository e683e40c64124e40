import { apiModule, DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { succeeded } from '../contacts/contact.shapes.js'

const locations = apiModule({
  name: 'locations',
  version: '2021-07-28',
  actors: ['location'],
  scope: 'locations/tags',
  tenant: 'path',
  reaches: 'none',
})

export const LocationTag = t.Object({ id: t.String(), name: t.String(), locationId: t.String() })

const One = t.Object({ tag: LocationTag })
const Named = t.Object({ name: t.String({ minLength: 1, maxLength: 200 }) })

/** How many contacts have each tag; ours, so that a list asks once. Counts exactly to 10 000, what has more says 10 001. */
export const tagCounts = locations.resource('tagCounts', '/_ground/tags/counts', {
  list: GET('', {
    id: 'get-tag-counts',
    summary: 'How many contacts have each of the first thousand tags, exact to 10 000',
    tenant: 'query',
    extension: true,
    query: t.Object({ locationId: t.String() }),
    reply: t.Object({ counts: t.Array(t.Object({ name: t.String(), contacts: t.Integer() })) }),
  }),
})

/** The catalogue of a sub-account's tags. What a contact gets joins it; names are in lower case, as the wire has them. */
export const tags = locations.resource('tags', '/locations/:locationId/tags', {
  list: GET('', {
    id: 'get-location-tags',
    summary: 'Tags of a sub-account, by name',
    reply: t.Object({ tags: t.Array(t.Row(LocationTag)) }),
  }),
  create: POST('', { id: 'create-tag', summary: 'Create a tag', body: Named, reply: One }),
  get: GET('/:tagId', { id: 'get-tag-by-id', summary: 'One tag', reply: One }),
  update: PUT('/:tagId', {
    id: 'update-tag',
    summary: 'Rename a tag, on every contact too',
    body: Named,
    reply: One,
    emits: ['ContactTagUpdate'],
  }),
  remove: DELETE('/:tagId', {
    id: 'delete-tag',
    summary: 'Delete a tag and take it off every contact',
    reply: t.Object(succeeded),
    emits: ['ContactTagUpdate'],
  }),
})
