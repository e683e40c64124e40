import { shapes } from '@groundlevel/contracts'
import { type Insertable, sql, type Updateable } from 'kysely'
import type { Tables } from '../../database/tables.js'
import { type Db, one, sparseRows } from '../../database/wire.js'
import { alt } from './orders.sql.js'

const { ConnectedProvider, CustomProvider, WhitelabelProvider } = shapes

type Providers = Tables['paymentProviders']
type Changeable = Updateable<Providers>

const configured = sql<unknown>`jsonb_build_object(
  'live', jsonb_build_object('liveMode', true, 'connected', "sealedLiveKey" is not null, 'publishableKey', "livePublishableKey"),
  'test', jsonb_build_object('liveMode', false, 'connected', "sealedTestKey" is not null, 'publishableKey', "testPublishableKey"))`

/** What one app is as a payment provider of one location. */
export const providerOf = (db: Db, locationId: string, marketplaceAppId: string) => {
  const open = { locationId, marketplaceAppId, deleted: false }
  const shown = configured.as('paymentProvider')
  const changed = (change: Changeable) =>
    db
      .updateTable('paymentProviders')
      .set(change)
      .where((eb) => eb.and(open))
  return {
    find: () =>
      one(
        db,
        CustomProvider,
        db
          .selectFrom('paymentProviders')
          .selectAll()
          .select(shown)
          .where((eb) => eb.and(open)),
      ),
    /** Creates it, or describes it anew; its keys stay. */
    put: (row: Omit<Insertable<Providers>, 'locationId' | 'marketplaceAppId' | 'deleted'>) =>
      one(
        db,
        CustomProvider,
        db
          .insertInto('paymentProviders')
          .values({ ...row, ...open })
          .onConflict((conflict) =>
            conflict
              .columns(['locationId', 'marketplaceAppId'])
              .where(sql<boolean>`not deleted`)
              .doUpdateSet((eb) => ({
                name: eb.ref('excluded.name'),
                description: eb.ref('excluded.description'),
                paymentsUrl: eb.ref('excluded.paymentsUrl'),
                queryUrl: eb.ref('excluded.queryUrl'),
                imageUrl: eb.ref('excluded.imageUrl'),
                supportsSubscriptionSchedule: eb.ref('excluded.supportsSubscriptionSchedule'),
                updatedAt: eb.ref('excluded.updatedAt'),
              })),
          )
          .returningAll()
          .returning(shown),
      ),
    change: (change: Changeable) => one(db, CustomProvider, changed(change).returningAll().returning(shown)),
  }
}

/** More apps than ever take payments of one location. */
const mostProviders = 50

/** An app as it takes payments in one mode, with the sealed key that proves us to it. */
export interface Charger {
  readonly _id: string
  readonly name: string
  readonly marketplaceAppId: string
  readonly paymentsUrl: string
  readonly queryUrl: string
  readonly publishableKey: string
  readonly sealedKey: Buffer
  /** It can begin a subscription with a payment method that it keeps. */
  readonly supportsSubscriptionSchedule: boolean
  readonly mode: 'live' | 'test'
}

/** Apps that take payments of one location. */
export const chargersOf = (db: Db, locationId: string) => {
  const open = db.selectFrom('paymentProviders').where('locationId', '=', locationId).where('deleted', '=', false)
  const inMode = (liveMode: boolean) => {
    const [key, sealed] = liveMode
      ? (['livePublishableKey', 'sealedLiveKey'] as const)
      : (['testPublishableKey', 'sealedTestKey'] as const)
    return open
      .select(['_id', 'name', 'marketplaceAppId', 'paymentsUrl', 'queryUrl', 'supportsSubscriptionSchedule'])
      .select((eb) => [eb.ref(key).$notNull().as('publishableKey'), eb.ref(sealed).$notNull().as('sealedKey')])
      .select(sql<'live' | 'test'>`${sql.lit(liveMode ? 'live' : 'test')}`.as('mode'))
      .where(sealed, 'is not', null)
  }
  return {
    /** Who takes payments in a mode: the one that was chosen, else the newest. */
    usual: (liveMode: boolean): Promise<Charger | undefined> =>
      inMode(liveMode).orderBy('isDefault', 'desc').orderBy('createdAt', 'desc').limit(sql.lit(1)).executeTakeFirst(),
    find: (id: string, liveMode: boolean): Promise<Charger | undefined> =>
      inMode(liveMode).where('_id', '=', id).executeTakeFirst(),
    /** Everything connected in a mode. */
    all: (liveMode: boolean): Promise<Charger[]> => inMode(liveMode).limit(sql.lit(mostProviders)).execute(),
    list: () =>
      sparseRows(
        db,
        ConnectedProvider,
        open
          .select(['_id', 'name', 'description', 'imageUrl', 'marketplaceAppId', 'isDefault', 'createdAt'])
          .select([sql<boolean>`"sealedLiveKey" is not null`.as('live'), sql<boolean>`"sealedTestKey" is not null`.as('test')])
          .orderBy('createdAt', 'desc')
          .orderBy('_id')
          .limit(sql.lit(mostProviders)),
      ),
    /** @returns whether there is such a provider */
    setDefault: async (id: string): Promise<boolean> => {
      const mine = db.updateTable('paymentProviders').where('locationId', '=', locationId).where('deleted', '=', false)
      const known = await open.select('_id').where('_id', '=', id).forUpdate().executeTakeFirst()
      if (!known) return false
      await mine.set({ isDefault: false }).where('isDefault', '=', true).where('_id', '!=', id).execute()
      await mine.set({ isDefault: true }).where('_id', '=', id).execute()
      return true
    },
  }
}

/** Payment providers of one location under names of its own. */
export const whitelabelOf = (db: Db, locationId: string) => {
  const shown = [...alt, sql<string>`'/' || "uniqueName"`.as('route')] as const
  return {
    list: (limit: number, offset: number) =>
      sparseRows(
        db,
        WhitelabelProvider,
        db
          .selectFrom('whitelabelProviders')
          .selectAll()
          .select(shown)
          .where('locationId', '=', locationId)
          .orderBy('createdAt', 'desc')
          .orderBy('_id')
          .limit(sql.lit(limit))
          .offset(sql.lit(offset)),
      ),
    /** Undefined where the name is taken. */
    add: (row: Omit<Insertable<Tables['whitelabelProviders']>, 'locationId'>) =>
      one(
        db,
        WhitelabelProvider,
        db
          .insertInto('whitelabelProviders')
          .values({ ...row, locationId })
          .onConflict((conflict) => conflict.doNothing())
          .returningAll()
          .returning(shown),
      ),
  }
}
