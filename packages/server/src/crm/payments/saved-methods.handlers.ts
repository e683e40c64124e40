import { badRequest, found } from '@groundlevel/contract-kit'
import { payments as contract } from '@groundlevel/contracts'
import { type Context, implement } from '../../http/implement.js'
import { newHexId } from '../../ids.js'
import { toMajor } from '../money/index.js'
import { thing } from './orders.handlers.js'
import { type OrderStored, ordersOf } from './orders.sql.js'
import { askedAmount, renewedBy } from './paying.js'
import type { PaymentPorts } from './ports.js'
import { callsTo } from './provider-calls.js'
import { type Charger, chargersOf } from './providers.sql.js'
import { beginPayment, customProvider, settlePayment } from './settling.js'
import { firstSubscriptions } from './subscriptions.rules.js'
import { openTill } from './till.js'
import { transactionsOf } from './transactions.sql.js'

/** A charge that was not answered within this is given up for lost, and may be tried again. */
const answerTimeMs = 60_000

type Ports = Pick<PaymentPorts, 'desk' | 'secret'>
type Ask = Pick<Context, 'db' | 'locationId' | 'now'>

/** What a subscription that begins with an order comes to, in the fields of the guide. */
const recurringIn = (order: OrderStored, now: Date) => {
  const rows = firstSubscriptions(order, { provider: customProvider }, now, newHexId)
  const minor = rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const items = order.items as { qty: number; product?: { _id?: string }; price: { _id?: string; type?: string } }[]
  return {
    startDate: (rows[0]?.startedAt ?? now).toISOString().slice(0, 10),
    recurringAmount: toMajor(minor, order.digits).toFixed(order.digits),
    productDetails: items
      .filter(({ price }) => price.type === 'recurring')
      .map(({ qty, product, price }) => ({ productId: product?._id, priceId: price._id, qty })),
  }
}

const chargerFor = async ({ db, locationId }: Ask, liveMode: boolean): Promise<Charger> => {
  const charger = await chargersOf(db, locationId).usual(liveMode)
  if (!charger) throw badRequest(`No payment provider is connected for ${liveMode ? 'live' : 'test'} payments.`)
  return charger
}

/** Written down before the provider is asked: what it says later, by its webhook too, finds the payment. */
const begin = ({ desk }: Ports, { locationId, now }: Ask, orderId: string, charger: Charger) =>
  desk.db.transaction().execute(async (db) => {
    const order = found(await ordersOf(db, locationId).lock(orderId), thing)
    askedAmount(order, undefined, false)
    if (await transactionsOf(db, locationId).isCharging(orderId, new Date(now.getTime() - answerTimeMs)))
      throw badRequest('A payment of this order is under way; see its transactions.')
    const till = await openTill(desk, db, locationId, now)
    const begins = order.recurringProducts > 0 && !(await renewedBy(till, order))
    if (begins && !charger.supportsSubscriptionSchedule)
      throw badRequest(`${charger.name} begins no subscription by itself: send the buyer the payment link of the order.`)
    return { order, begins, begun: await beginPayment(till, order, charger, 'saved') }
  })

export const savedMethodHandlers = (ports: Ports) =>
  implement(
    contract.savedMethod,
    ({ db, locationId }) => ({ orders: ordersOf(db, locationId) }),
    {
      list: async ({ orderId }, { orders, db, locationId, now }) => {
        const { liveMode, contactId } = found(await orders.find(orderId), thing).value
        const charger = await chargerFor({ db, locationId, now }, liveMode)
        const calls = callsTo({ ask: ports.desk.ask, secret: ports.secret }, locationId, charger)
        return { paymentMethods: await calls.paymentMethods(contactId) }
      },

      charge: async ({ orderId, paymentMethodId }, { orders, db, locationId, now, afterCommit }) => {
        const { desk, secret } = ports
        const { liveMode } = found(await orders.find(orderId), thing).value
        const ask = { db, locationId, now }
        const charger = await chargerFor(ask, liveMode)
        const { order, begins, begun } = await begin(ports, ask, orderId, charger)
        const { transactionId, amountMinor, subscriptionId } = begun
        const { contactId, currency, digits } = order
        const amount = toMajor(amountMinor, digits)
        const about = { paymentMethodId, contactId, transactionId, amount, currency }
        const calls = callsTo({ ask: desk.ask, secret }, locationId, charger)
        const outcome = begins
          ? await calls.createSubscription({ ...about, subscriptionId, ...recurringIn(order, now) })
          : await calls.charge({ ...about, chargeDescription: `Order - ${orderId}` })
        const settled = await desk.db
          .transaction()
          .execute(async (on) => settlePayment(await openTill(desk, on, locationId, now), transactionId, outcome))
        afterCommit(desk.wake)
        const { message } = outcome
        return { success: settled === 'succeeded', transactionId, status: settled ?? 'pending', ...(message ? { message } : {}) }
      },
    },
    { ownTransaction: ['charge'] },
  )
