import { badRequest, found, missing, unprocessable } from '@groundlevel/contract-kit'
import { payments as contract } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { newHexId } from '../../ids.js'
import { momentOf } from '../money/index.js'
import { type CouponFields, couponsOf } from './coupons.sql.js'

const thing = 'Coupon'

interface Sent {
  readonly name: string
  readonly code: string
  readonly discountType: 'percentage' | 'amount'
  readonly discountValue: number
  readonly startDate: string
  readonly endDate?: string | null
  readonly usageLimit?: number | null
  readonly productIds?: readonly string[]
  readonly applyToFuturePayments: boolean
  readonly applyToFuturePaymentsConfig?: { type: 'forever' | 'fixed'; duration?: number; durationType?: 'months' }
  readonly limitPerCustomer: boolean
}

const toCoupon = (sent: Sent): CouponFields => {
  const startDate = momentOf(sent.startDate, 'startDate')
  const endDate = sent.endDate ? momentOf(sent.endDate, 'endDate') : null
  if (endDate && endDate <= startDate) throw unprocessable(['endDate must be after startDate'])
  if (sent.discountType === 'percentage' && sent.discountValue > 100)
    throw unprocessable(['discountValue must not be greater than 100'])
  const future = sent.applyToFuturePaymentsConfig ?? { type: 'forever' as const }
  if (future.type === 'fixed' && future.duration === undefined)
    throw unprocessable(['applyToFuturePaymentsConfig.duration should not be empty'])
  return {
    name: sent.name,
    code: sent.code.trim(),
    discountType: sent.discountType,
    discountValue: sent.discountValue,
    startDate,
    endDate,
    usageLimit: sent.usageLimit ?? null,
    productIds: [...new Set(sent.productIds ?? [])],
    applyToFuturePayments: sent.applyToFuturePayments,
    applyToFuturePaymentsConfig: JSON.stringify(future.type === 'fixed' ? { durationType: 'months', ...future } : future),
    limitPerCustomer: sent.limitPerCustomer ? 1 : 0,
  }
}

const taken = (code: string) => badRequest(`Another coupon has the code ${code}; choose one that is free.`)

export const couponHandlers = () =>
  implement(contract.coupon, ({ db, locationId, now }) => ({ coupons: couponsOf(db, locationId, now) }), {
    list: ({ query: { limit, offset, status, search } }, { coupons }) =>
      coupons.list({ ...(status ? { status } : {}), ...(search ? { search } : {}) }, limit || 100, offset),

    create: async ({ body }, { coupons, userId }) => {
      const row = toCoupon(body)
      const coupon = await coupons.add({ ...row, _id: newHexId(), userId })
      if (!coupon) throw taken(row.code)
      return coupon
    },

    get: async ({ query: { id, code } }, { coupons }) => {
      if (!id && !code) throw unprocessable(['id should not be empty', 'code should not be empty'])
      return found(await coupons.find({ id, code }), thing)
    },

    update: async ({ body: { id, ...body } }, { coupons }) => {
      const row = toCoupon(body)
      await coupons.holdCodes()
      if (await coupons.isCodeTaken(row.code, id)) throw taken(row.code)
      return found(await coupons.change(id, row), thing)
    },

    remove: async ({ body: { id } }, { coupons }) => {
      if (!(await coupons.remove(id))) throw missing(thing)
      return { success: true }
    },
  })
