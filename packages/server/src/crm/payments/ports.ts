import type { Json } from '@groundlevel/contract-kit'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.js'
import type { Db } from '../../database/wire.js'
import type { Author } from '../../http/author.js'
import type { ContactActs } from '../contacts/index.js'
import type { Good } from '../products/index.js'
import type { ProviderAnswer } from './provider-replies.rules.js'

/** What the payments room asks of the room of products. */
export interface Shelf {
  firstPrices(db: Db, locationId: string, productIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** @throws WireError 400 where there is no such price */
  holdGoods(db: Db, locationId: string, priceIds: readonly string[]): Promise<ReadonlyMap<string, Good>>
  /** Those that are there, in the order in which everybody locks them. */
  lockPrices(db: Db, locationId: string, priceIds: readonly string[]): Promise<void>
  moveStock(db: Db, locationId: string, moves: readonly { readonly priceId: string; readonly by: number }[]): Promise<void>
}

/** What it asks of the room of contacts. */
export interface Buyers {
  readonly acts: Pick<ContactActs, 'find' | 'upsert' | 'change'>
  /** Those of the ids that are contacts; their rows stay while the transaction runs. */
  hold(db: Db, locationId: string, ids: readonly string[]): Promise<readonly string[]>
  setType(db: Db, locationId: string, contactId: string, type: 'lead' | 'customer', by: Author): Promise<Json<object> | undefined>
}

/** A message to the buyer, in the same transaction. */
export interface Notice {
  readonly locationId: string
  readonly companyId: string
  readonly contactId: string
  readonly subject: string
  readonly text: string
}

interface NewEvents {
  readonly type: string
  readonly companyId: string
  readonly locationId: string
  readonly traceId: string | null
  readonly now: Date
}

/** How those tell of a change who act outside a call with a token: jobs, visitors, providers. */
export interface Teller {
  location(id: string): Promise<{ readonly companyId: string; readonly name?: string } | undefined>
  /** In the transaction of the change. */
  addEvents(db: Db, event: NewEvents, payloadTexts: readonly string[]): Promise<unknown>
  /** Called once events have committed. */
  wake(): void
}

/** Payments that do not begin with a call: buyers on their page, apps that take the money. */
export interface Desk extends Teller {
  readonly db: Kysely<Tables>
  /** POSTs JSON to an address that a stranger chose: guarded as webhooks are, never throws. */
  ask(url: string, payload: object): Promise<ProviderAnswer>
  publicUrl(): string
}

export interface PaymentPorts {
  readonly desk: Desk
  readonly shelf: Shelf
  readonly buyers: Buyers
  /** Absent where nothing can be sent. */
  notify?(db: Db, notice: Notice, now: Date): Promise<void>
  /** Seals the keys of payment providers. */
  readonly secret: Buffer
  /** A local start has a provider that charges nobody. */
  readonly testProvider: boolean
}

/** What an order is placed or paid with, by a call or by a job. */
export interface Till {
  readonly db: Db
  readonly locationId: string
  readonly now: Date
  emit(type: 'OrderCreate' | 'OrderStatusUpdate', order: Json<object>): Promise<void>
}
