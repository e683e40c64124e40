import { DELETE, GET, limitOffset, POST, PUT, t } from '@groundlevel/contract-kit'
import { alt, idText, pageQuery, payments, Success, word } from './module.js'

const Future = t.Object({
  type: t.Enum(['forever', 'fixed']),
  duration: t.Optional(t.Integer()),
  durationType: t.Optional(t.String()),
})

export const couponStatuses = ['scheduled', 'active', 'expired'] as const

export const Coupon = t.Object({
  _id: t.String(),
  usageCount: t.Integer(),
  /** 1 where a customer may use it once, else 0 (sic: a number out, a boolean in). */
  limitPerCustomer: t.Integer(),
  altId: t.String(),
  altType: t.String(),
  name: t.String(),
  code: t.String(),
  discountType: t.Enum(['percentage', 'amount']),
  discountValue: t.Number(),
  status: t.Enum(couponStatuses),
  startDate: t.DateTime(),
  endDate: t.Optional(t.DateTime()),
  usageLimit: t.Optional(t.Integer()),
  productIds: t.Array(t.String()),
  applyToFuturePayments: t.Boolean(),
  applyToFuturePaymentsConfig: Future,
  userId: t.Optional(t.String()),
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
})

const fields = {
  name: t.String({ minLength: 1, maxLength: 200 }),
  code: t.String({ minLength: 1, maxLength: 100 }),
  discountType: t.Enum(['percentage', 'amount']),
  discountValue: t.Number({ minimum: 0, maximum: 1_000_000_000_000 }),
  /** A moment, or a day. */
  startDate: t.String({ maxLength: 40 }),
  endDate: t.Optional(t.Nullable(t.String({ maxLength: 40 }))),
  usageLimit: t.Optional(t.Nullable(t.Integer({ minimum: 1, maximum: 1_000_000_000 }))),
  /** Empty: any product. */
  productIds: t.Optional(t.Array(idText, { maxItems: 500 })),
  applyToFuturePayments: t.Default(t.Boolean(), true),
  applyToFuturePaymentsConfig: t.Optional(
    t.Object({
      type: t.Enum(['forever', 'fixed']),
      duration: t.Optional(t.Integer({ minimum: 1, maximum: 1200 })),
      durationType: t.Optional(t.Enum(['months'])),
    }),
  ),
  limitPerCustomer: t.Default(t.Boolean(), false),
}

const coupons = 'payments/coupons'

export const coupon = payments.resource(
  'coupon',
  '/payments/coupon',
  {
    list: GET('/list', {
      id: 'list-coupons',
      summary: 'Coupons of a sub-account, newest first',
      scope: coupons,
      query: t.Object({ ...alt, ...pageQuery(100), status: t.Optional(t.Enum(couponStatuses)), search: word }),
      reply: t.Object({ data: t.Array(Coupon), totalCount: t.Integer() }),
      page: limitOffset('data', 100),
    }),
    create: POST('', {
      id: 'create-coupon',
      summary: 'Create a coupon',
      scope: coupons,
      body: t.Object({ ...alt, ...fields }),
      status: 201,
      reply: Coupon,
    }),
    get: GET('', {
      id: 'get-coupon',
      summary: 'One coupon, by its id, its code or both',
      scope: coupons,
      query: t.Object({ ...alt, id: word, code: word }),
      reply: Coupon,
    }),
    update: PUT('', {
      id: 'update-coupon',
      summary: 'Replace a coupon; how often it was used stays',
      scope: coupons,
      body: t.Object({ ...alt, ...fields, id: idText }),
      reply: Coupon,
    }),
    remove: DELETE('', {
      id: 'delete-coupon',
      summary: 'Delete a coupon; orders that used it keep their discount',
      scope: coupons,
      body: t.Object({ ...alt, id: idText }),
      reply: Success,
    }),
  },
  { reaches: 'none' },
)
