import { DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { products } from './module.js'
import { Tax } from './product.shapes.js'

const about = t.Object({ locationId: t.String() })
const fields = {
  name: t.String({ minLength: 1, maxLength: 200 }),
  /** Per cent; up to four places count. */
  rate: t.Number({ minimum: 0, maximum: 100 }),
  calculation: t.Default(t.Enum(['exclusive', 'inclusive']), 'exclusive'),
}

/** In the official product taxes are a page of the settings; here programs can keep them too. */
export const tax = products.resource('tax', '/products/taxes', {
  list: GET('', {
    id: 'list-taxes',
    summary: 'Taxes that products can name',
    extension: true,
    tenant: 'query',
    query: about,
    reply: t.Object({ taxes: t.Array(Tax) }),
  }),
  create: POST('', {
    id: 'create-tax',
    summary: 'Create a tax',
    extension: true,
    tenant: 'body',
    body: t.Object({ locationId: t.String(), ...fields }),
    status: 201,
    reply: Tax,
  }),
  update: PUT('/:taxId', {
    id: 'update-tax',
    summary: 'Change a tax; orders that exist keep what they were made with',
    extension: true,
    tenant: 'body',
    body: t.Object({ locationId: t.String(), ...fields }),
    reply: Tax,
  }),
  remove: DELETE('/:taxId', {
    id: 'delete-tax',
    summary: 'Delete a tax; products that named it are no longer taxed by it',
    extension: true,
    tenant: 'query',
    query: about,
    reply: t.Object({ status: t.Boolean() }),
  }),
})
