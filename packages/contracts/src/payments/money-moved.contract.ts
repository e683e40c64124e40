import { GET, limitOffset, POST, t } from '@groundlevel/contract-kit'
import { alt, looseAlt, money, pageQuery, payments, Success, word } from './module.js'
import { Refund, Subscription, SubscriptionRow, Transaction, TransactionRow } from './money-moved.shapes.js'

const collect = 'payments/orders.collectPayment'

const filter = {
  paymentMode: word,
  startAt: word,
  endAt: word,
  entitySourceType: word,
  search: word,
  entityId: word,
  contactId: word,
  ...pageQuery(10),
}

export const transaction = payments.resource('transaction', '/payments/transactions', {
  list: GET('', {
    id: 'list-transactions',
    summary: 'Transactions of a sub-account, newest first',
    reaches: 'narrowed',
    scope: 'payments/transactions',
    query: t.Object({ ...looseAlt, ...filter, entitySourceSubType: word, subscriptionId: word }),
    reply: t.Object({ data: t.Array(TransactionRow), totalCount: t.Integer() }),
    page: limitOffset('data', 10),
  }),
  get: GET('/:transactionId', {
    id: 'get-transaction-by-id',
    summary: 'One transaction',
    reaches: { transaction: ['transactionId'] },
    scope: 'payments/transactions',
    query: t.Object(looseAlt),
    reply: Transaction,
  }),
  refund: POST('/:transactionId/refund', {
    id: 'refund-transaction',
    summary: 'Give all or a part of a payment back: by the app that took it, else it is recorded',
    reaches: { transaction: ['transactionId'] },
    extension: true,
    scope: collect,
    body: t.Object({ ...alt, amount: t.Optional(money) }),
    reply: t.Object({ ...Transaction.properties, refund: Refund }),
    emits: ['OrderStatusUpdate'],
  }),
})

export const refund = payments.resource(
  'refund',
  '/payments/transactions/:transactionId/refunds',
  {
    list: GET('', {
      id: 'list-refunds',
      summary: 'What was asked back of a payment, and what became of it',
      extension: true,
      scope: 'payments/transactions',
      query: t.Object(looseAlt),
      reply: t.Object({ refunds: t.Array(Refund) }),
    }),
    settle: POST('/:refundId/settle', {
      id: 'settle-refund',
      summary: 'Ask the provider once more for a refund that it did not answer for, or say what became of it',
      extension: true,
      scope: collect,
      body: t.Object({ ...alt, outcome: t.Enum(['ask', 'succeeded', 'failed']) }),
      reply: Refund,
      emits: ['OrderStatusUpdate'],
    }),
  },
  { reaches: { transaction: ['transactionId'] } },
)

export const subscription = payments.resource('subscription', '/payments/subscriptions', {
  list: GET('', {
    id: 'list-subscriptions',
    summary: 'Subscriptions of a sub-account, newest first',
    reaches: 'narrowed',
    scope: 'payments/subscriptions',
    query: t.Object({ ...alt, ...filter, id: word, getPaymentsCollectedCount: t.Optional(t.Boolean()) }),
    reply: t.Object({ data: t.Array(SubscriptionRow), totalCount: t.Integer() }),
    page: limitOffset('data', 10),
  }),
  get: GET('/:subscriptionId', {
    id: 'get-subscription-by-id',
    summary: 'One subscription',
    reaches: { subscription: ['subscriptionId'] },
    scope: 'payments/subscriptions',
    query: t.Object(alt),
    reply: Subscription,
  }),
  cancel: POST('/:subscriptionId/cancel', {
    id: 'cancel-subscription',
    summary: 'End a subscription now: nothing more falls due',
    reaches: { subscription: ['subscriptionId'] },
    extension: true,
    body: t.Object(alt),
    reply: Success,
  }),
})
