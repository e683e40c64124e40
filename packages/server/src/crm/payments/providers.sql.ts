import { shapes } from '@groundlevel/contracts'
import { type Insertable, sql, type Updateable } from 'kysely'
import type { Tables } from '../../database/tables.js'
import { type Db, one, sparseRows } from '../../database/wire.js'
import { alt } from './orders.sql.js'

const { CustomProvider, WhitelabelProvider } = shapes

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
