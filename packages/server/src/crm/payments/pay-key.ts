import { isPageKey, pageKey } from '../public-pages/index.js'

const pageOf = (locationId: string, orderId: string) => `pay ${locationId} ${orderId}`

/** An order's page is worth nothing without this. */
export const isPayKey = (secret: Buffer, locationId: string, orderId: string, sent: string): boolean =>
  isPageKey(secret, pageOf(locationId, orderId), sent)

/** Where a buyer pays an order, with the key to it. */
export const payPath = (secret: Buffer, locationId: string, orderId: string): string =>
  `/_ground/pay/${locationId}/${orderId}?key=${pageKey(secret, pageOf(locationId, orderId))}`
