import { createHmac, timingSafeEqual } from 'node:crypto'

/** An order's page is worth nothing without this. */
const keyOf = (secret: Buffer, locationId: string, orderId: string) =>
  createHmac('sha256', secret).update(`pay ${locationId} ${orderId}`).digest('hex').slice(0, 40)

export const isPayKey = (secret: Buffer, locationId: string, orderId: string, sent: string): boolean => {
  const right = Buffer.from(keyOf(secret, locationId, orderId))
  const given = Buffer.from(sent)
  return given.length === right.length && timingSafeEqual(given, right)
}

/** Where a buyer pays an order, with the key to it. */
export const payPath = (secret: Buffer, locationId: string, orderId: string): string =>
  `/_ground/pay/${locationId}/${orderId}?key=${keyOf(secret, locationId, orderId)}`
