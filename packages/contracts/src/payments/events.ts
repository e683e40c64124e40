import { event, t } from '@groundlevel/contract-kit'
import { Order } from './order.shapes.js'

const order = t.Pick(Order, [
  '_id',
  'altId',
  'altType',
  'contactId',
  'contactSnapshot',
  'status',
  'fulfillmentStatus',
  'currency',
  'amount',
  'liveMode',
  'items',
  'amountSummary',
  'taxSummary',
  'source',
  'createdAt',
  'updatedAt',
])

const orderEvent = <const N extends string>(type: N, summary: string) =>
  event(type, { scope: 'payments/orders.readonly', payload: order, summary })

export const OrderCreate = orderEvent('OrderCreate', 'An order was created')
export const OrderStatusUpdate = orderEvent('OrderStatusUpdate', 'The status of an order, or of its fulfilment, changed')
