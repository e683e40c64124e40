import { DELETE, GET, limitOffset, POST, PUT, t } from '@groundlevel/contract-kit'
import { alt, looseAlt, pageQuery, payments, Success, word } from './module.js'

/** A contact of type customer, with what it bought. */
export const Customer = t.Object({
  contactId: t.String(),
  altId: t.String(),
  altType: t.String(),
  contactName: t.Optional(t.String()),
  contactEmail: t.Optional(t.String()),
  contactPhone: t.Optional(t.String()),
  /** In `currency`, which is that of the newest order. */
  totalSpent: t.Number(),
  currency: t.Optional(t.String()),
  /** What was paid and not given back, one line a currency. */
  spent: t.Array(t.Object({ currency: t.String(), amount: t.Number() })),
  ordersCount: t.Integer(),
  subscriptionsCount: t.Integer(),
  lastOrderAt: t.Optional(t.DateTime()),
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
})

const text = (maxLength: number) => t.Optional(t.Nullable(t.String({ maxLength })))

const person = {
  name: text(200),
  firstName: text(200),
  lastName: text(200),
  email: t.Optional(t.Nullable(t.Email({ maxLength: 320 }))),
  phone: text(64),
  companyName: text(200),
  address1: text(500),
  city: text(200),
  state: text(200),
  country: text(100),
  postalCode: text(40),
  website: text(2000),
}

const scope = 'payments/customers'

export const customer = payments.resource('customer', '/payments/customers', {
  list: GET('', {
    id: 'list-customers',
    summary: 'Customers of a sub-account, newest first',
    reaches: 'narrowed',
    extension: true,
    scope,
    query: t.Object({ ...looseAlt, ...pageQuery(10), search: word }),
    reply: t.Object({ data: t.Array(Customer), totalCount: t.Integer() }),
    page: limitOffset('data', 10),
  }),
  create: POST('', {
    id: 'create-customer',
    summary: 'Make a contact a customer: one that is there, or one of these fields',
    reaches: { contact: ['contactId'] },
    extension: true,
    scope,
    body: t.Object({ ...alt, contactId: t.Optional(t.String({ minLength: 1, maxLength: 100 })), ...person }),
    status: 201,
    reply: Customer,
    emits: ['ContactCreate', 'ContactUpdate', 'ContactTagUpdate', 'ContactDndUpdate'],
  }),
  cardLink: GET('/:contactId/card-link', {
    id: 'get-customer-card-link',
    summary: 'The public page on which a customer leaves a card with the custom provider, and pays nothing',
    reaches: { contact: ['contactId'] },
    extension: true,
    scope: 'payments/orders.collectPayment',
    query: t.Object({
      ...looseAlt,
      liveMode: t.Default(t.Boolean(), true),
      currency: t.Default(t.String({ minLength: 3, maxLength: 3 }), 'USD'),
    }),
    reply: t.Object({ url: t.String(), provider: t.Object({ _id: t.String(), name: t.String() }) }),
  }),
  get: GET('/:contactId', {
    id: 'get-customer',
    summary: 'One customer',
    reaches: { contact: ['contactId'] },
    extension: true,
    scope,
    query: t.Object(looseAlt),
    reply: Customer,
  }),
  update: PUT('/:contactId', {
    id: 'update-customer',
    summary: 'Change the contact behind a customer',
    reaches: { contact: ['contactId'] },
    extension: true,
    scope,
    body: t.Object({ ...alt, ...person }),
    reply: Customer,
    emits: ['ContactCreate', 'ContactUpdate', 'ContactTagUpdate', 'ContactDndUpdate'],
  }),
  remove: DELETE('/:contactId', {
    id: 'delete-customer',
    summary: 'Make a customer a lead again: the contact and the orders stay',
    reaches: { contact: ['contactId'] },
    extension: true,
    scope,
    query: t.Object(looseAlt),
    reply: Success,
    emits: ['ContactUpdate'],
  }),
})
