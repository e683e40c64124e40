import { DELETE, GET, limitOffset, POST, PUT, t } from '@groundlevel/contract-kit'
import { alt, idText, looseAlt, money, pageQuery, payments, Success, sourceTypes, word, words } from './module.js'
import { Fulfillment, Order, OrderNote, OrderRow, Tracking } from './order.shapes.js'

const collect = 'payments/orders.collectPayment'

/** A tax of one line where the product does not name it. */
const ItemTax = t.Object({
  _id: t.Optional(idText),
  name: t.String({ minLength: 1, maxLength: 200 }),
  rate: t.Number({ minimum: 0, maximum: 100 }),
  calculation: t.Default(t.Enum(['exclusive', 'inclusive']), 'exclusive'),
})

/** A price of a product, or a thing that is in no catalogue: a name and what one of it costs. */
const Item = t.Object({
  productId: t.Optional(idText),
  priceId: t.Optional(idText),
  name: t.Optional(t.String({ minLength: 1, maxLength: 400 })),
  price: t.Optional(money),
  qty: t.Integer({ minimum: 1, maximum: 100_000 }),
  taxes: t.Optional(t.Array(ItemTax, { maxItems: 20 })),
})

const SourceBody = t.Object({
  type: t.Enum([...sourceTypes, 'api']),
  subType: word,
  id: word,
  name: word,
  meta: t.Optional(t.Open()),
})

const items = t.Array(Item, { minItems: 1, maxItems: 200 })
const statuses = ['pending', 'processing', 'completed', 'failed', 'cancelled'] as const

export const order = payments.resource('order', '/payments/orders', {
  list: GET('', {
    id: 'list-orders',
    summary: 'Orders of a sub-account, newest first',
    reaches: 'narrowed',
    query: t.Object({
      ...looseAlt,
      status: word,
      paymentStatus: t.Optional(t.Enum(['paid', 'unpaid', 'refunded', 'partially_paid'])),
      /** `live` or `test`; any other word is how it was paid (`cash`). */
      paymentMode: word,
      startAt: word,
      endAt: word,
      search: word,
      contactId: word,
      /** Ids of products, separated by commas. */
      funnelProductIds: words(5000),
      sourceId: word,
      ...pageQuery(10),
    }),
    reply: t.Object({ data: t.Array(OrderRow), totalCount: t.Integer() }),
    page: limitOffset('data', 10),
  }),
  create: POST('', {
    id: 'create-order',
    summary: 'Create an order: it takes the stock, uses the coupon and counts the taxes',
    reaches: { contact: ['contactId'] },
    extension: true,
    body: t.Object({
      ...alt,
      contactId: idText,
      /** ISO 4217, any case. */
      currency: t.String({ minLength: 3, maxLength: 3 }),
      items,
      couponCode: word,
      shipping: t.Optional(money),
      source: t.Optional(SourceBody),
      liveMode: t.Default(t.Boolean(), true),
      notes: words(5000),
      meta: t.Optional(t.Open()),
    }),
    status: 201,
    reply: Order,
    emits: ['OrderCreate', 'ContactUpdate'],
  }),
  get: GET('/:orderId', {
    id: 'get-order-by-id',
    summary: 'One order',
    reaches: { order: ['orderId'] },
    query: t.Object(looseAlt),
    reply: Order,
  }),
  update: PUT('/:orderId', {
    id: 'update-order',
    summary: 'Change an order; its items only until something is paid or fulfilled',
    reaches: { order: ['orderId'] },
    extension: true,
    body: t.Object({
      ...alt,
      items: t.Optional(items),
      /** Null takes the coupon off. */
      couponCode: t.Optional(t.Nullable(t.String({ maxLength: 200 }))),
      shipping: t.Optional(money),
      status: t.Optional(t.Enum(statuses)),
      meta: t.Optional(t.Open()),
    }),
    reply: Order,
    emits: ['OrderStatusUpdate'],
  }),
  remove: DELETE('/:orderId', {
    id: 'delete-order',
    summary: 'Delete an order; what it took of the stock comes back, its transactions stay',
    reaches: { order: ['orderId'] },
    extension: true,
    query: t.Object({ altId: t.String(), altType: t.Optional(t.Enum(['location'])) }),
    reply: Success,
  }),
})

export const orderPayment = payments.resource(
  'orderPayment',
  '/payments/orders/:orderId',
  {
    record: POST('/record-payment', {
      id: 'record-order-payment',
      summary: 'Record what was paid outside: all that is due, or a part of it',
      scope: collect,
      body: t.Object({
        ...alt,
        mode: t.Enum(['cash', 'card', 'cheque', 'bank_transfer', 'other']),
        card: t.Optional(t.Object({ type: t.Enum(['visa', 'mastercard', 'other']), last4: t.String({ maxLength: 4 }) })),
        cheque: t.Optional(t.Object({ number: t.String({ maxLength: 100 }) })),
        notes: words(5000),
        amount: t.Optional(money),
        meta: t.Optional(t.Open()),
        isPartialPayment: t.Optional(t.Boolean()),
      }),
      reply: Success,
      emits: ['OrderStatusUpdate'],
    }),
    charge: POST('/charge', {
      id: 'charge-order',
      summary: 'Let the test provider of a local start charge what is due: no card, no money',
      extension: true,
      scope: collect,
      body: t.Object({ ...alt, outcome: t.Default(t.Enum(['succeeds', 'is_declined']), 'succeeds') }),
      reply: t.Object({ success: t.Boolean(), transactionId: t.String(), status: t.String() }),
      emits: ['OrderStatusUpdate'],
    }),
    link: GET('/payment-link', {
      id: 'get-order-payment-link',
      summary: 'The public page on which the buyer pays what is due',
      extension: true,
      scope: collect,
      query: t.Object(alt),
      reply: t.Object({ url: t.String(), provider: t.Optional(t.Object({ _id: t.String(), name: t.String() })) }),
    }),
  },
  { reaches: { order: ['orderId'] } },
)

/** A card, an account: kept by the provider, known to us by its id. */
const PaymentMethod = t.Object({
  id: t.String(),
  type: t.String(),
  title: t.String(),
  subTitle: t.String(),
  expiry: t.String(),
  customerId: t.String(),
  imageUrl: t.String(),
})

export const savedMethod = payments.resource(
  'savedMethod',
  '/payments/orders/:orderId/payment-methods',
  {
    list: GET('', {
      id: 'list-order-payment-methods',
      summary: 'Payment methods that the buyer left with the custom provider',
      extension: true,
      scope: collect,
      query: t.Object(alt),
      reply: t.Object({ paymentMethods: t.Array(PaymentMethod) }),
    }),
    charge: POST('/:paymentMethodId/charge', {
      id: 'charge-order-payment-method',
      summary: 'Let the custom provider charge what is due to a payment method that it keeps',
      extension: true,
      scope: collect,
      body: t.Object(alt),
      reply: t.Object({
        success: t.Boolean(),
        transactionId: t.String(),
        /** `succeeded`, `failed`, or `pending` until the provider tells. */
        status: t.String(),
        message: t.Optional(t.String()),
      }),
      emits: ['OrderStatusUpdate'],
    }),
  },
  { reaches: { order: ['orderId'] } },
)

export const fulfillment = payments.resource(
  'fulfillment',
  '/payments/orders/:orderId/fulfillments',
  {
    list: GET('', {
      id: 'list-order-fulfillment',
      summary: 'What of an order was sent, and how',
      query: t.Object(alt),
      reply: t.Object({ status: t.Boolean(), data: t.Array(Fulfillment) }),
    }),
    create: POST('', {
      id: 'create-order-fulfillment',
      summary: 'Record that something of an order was sent',
      body: t.Object({
        ...alt,
        trackings: t.Array(Tracking, { maxItems: 50 }),
        items: t.Array(t.Object({ priceId: idText, qty: t.Integer({ minimum: 1, maximum: 100_000 }) }), {
          minItems: 1,
          maxItems: 200,
        }),
        notifyCustomer: t.Boolean(),
      }),
      reply: t.Object({ status: t.Boolean(), data: Fulfillment }),
      emits: ['OrderStatusUpdate'],
    }),
  },
  { reaches: { order: ['orderId'] } },
)

export const orderNote = payments.resource(
  'orderNote',
  '/payments/orders/:orderId/notes',
  {
    list: GET('', {
      id: 'list-order-notes',
      summary: 'Notes of an order, newest first',
      query: t.Object(alt),
      reply: t.Object({ data: t.Array(OrderNote), totalCount: t.Integer() }),
    }),
    create: POST('', {
      id: 'create-order-note',
      summary: 'Write a note about an order',
      extension: true,
      body: t.Object({ ...alt, body: t.String({ minLength: 1, maxLength: 5000 }) }),
      status: 201,
      reply: OrderNote,
    }),
  },
  { reaches: { order: ['orderId'] } },
)
