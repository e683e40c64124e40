import { isPageKey, pageKey } from '../public-pages/index.js'

const pageOf = (locationId: string, orderId: string) => `pay ${locationId} ${orderId}`

/** An order's page is worth nothing without this. */
export const isPayKey = (secret: Buffer, locationId: string, orderId: string, sent: string): boolean =>
  isPageKey(secret, pageOf(locationId, orderId), sent)

/** Where a buyer pays an order, with the key to it. */
export const payPath = (secret: Buffer, locationId: string, orderId: string): string =>
  `/_ground/pay/${locationId}/${orderId}?key=${pageKey(secret, pageOf(locationId, orderId))}`

/** Whose card is kept, in which mode and currency. */
export interface CardSetup {
  readonly locationId: string
  readonly contactId: string
  readonly mode: 'live' | 'test'
  readonly currency: string
}

const setupOf = ({ locationId, contactId, mode, currency }: CardSetup) => `${locationId}/${contactId}/${mode}/${currency}`

export const isCardKey = (secret: Buffer, setup: CardSetup, sent: string): boolean =>
  isPageKey(secret, `card ${setupOf(setup)}`, sent)

/** Where a customer leaves a card, with the key to it. */
export const cardPath = (secret: Buffer, setup: CardSetup): string =>
  `/_ground/cards/${setupOf(setup)}?key=${pageKey(secret, `card ${setupOf(setup)}`)}`
