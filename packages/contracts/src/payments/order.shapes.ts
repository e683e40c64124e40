import { t } from '@groundlevel/contract-kit'
import { Price, Product } from '../products/product.shapes.js'
import { Source } from './module.js'

export const TaxLine = t.Object({
  _id: t.String(),
  name: t.String(),
  rate: t.Number(),
  calculation: t.String(),
  amount: t.Number(),
})

/** Product and price as they were when the order was made. */
export const OrderItem = t.Object({
  _id: t.String(),
  name: t.String(),
  qty: t.Integer(),
  product: t.Object(Product.properties, { additionalProperties: true }),
  price: t.Object(Price.properties, { additionalProperties: true }),
  taxes: t.Optional(t.Array(t.Open())),
})

export const AmountSummary = t.Object({
  subtotal: t.Number(),
  discount: t.Number(),
  tax: t.Number(),
  shipping: t.Number(),
})

export const Order = t.Object({
  _id: t.String(),
  altId: t.String(),
  altType: t.String(),
  contactId: t.String(),
  contactSnapshot: t.Open(),
  currency: t.String(),
  amount: t.Number(),
  amountPaid: t.Number(),
  amountRefunded: t.Number(),
  status: t.String(),
  paymentStatus: t.String(),
  fulfillmentStatus: t.String(),
  liveMode: t.Boolean(),
  markAsTest: t.Boolean(),
  amountSummary: AmountSummary,
  taxSummary: t.Array(TaxLine),
  source: Source,
  items: t.Array(OrderItem),
  coupon: t.Optional(t.Open()),
  trackingId: t.String(),
  meta: t.Optional(t.Open()),
  automaticTaxesCalculated: t.Boolean(),
  createdBy: t.Optional(t.String()),
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
})

export const OrderRow = t.Object({
  _id: t.String(),
  altId: t.String(),
  altType: t.String(),
  contactId: t.String(),
  contactName: t.Optional(t.String()),
  contactEmail: t.Optional(t.String()),
  currency: t.String(),
  amount: t.Number(),
  subtotal: t.Number(),
  discount: t.Number(),
  status: t.String(),
  paymentStatus: t.String(),
  fulfillmentStatus: t.String(),
  liveMode: t.Boolean(),
  totalProducts: t.Integer(),
  onetimeProducts: t.Integer(),
  recurringProducts: t.Integer(),
  sourceType: t.String(),
  sourceSubType: t.Optional(t.String()),
  sourceName: t.Optional(t.String()),
  sourceId: t.String(),
  sourceMeta: t.Optional(t.Open()),
  couponCode: t.Optional(t.String()),
  createdBy: t.Optional(t.String()),
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
})

export const OrderNote = t.Object({
  _id: t.String(),
  orderId: t.String(),
  body: t.String(),
  userId: t.Optional(t.String()),
  createdAt: t.DateTime(),
})

export const Tracking = t.Object({
  trackingNumber: t.Optional(t.String({ maxLength: 200 })),
  shippingCarrier: t.Optional(t.String({ maxLength: 200 })),
  trackingUrl: t.Optional(t.String({ maxLength: 2000 })),
})

export const Fulfillment = t.Object({
  _id: t.String(),
  altId: t.String(),
  altType: t.Enum(['location']),
  trackings: t.Array(Tracking),
  items: t.Array(OrderItem),
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
})
