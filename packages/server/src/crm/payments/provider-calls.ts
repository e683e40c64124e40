import { timingSafeEqual } from 'node:crypto'
import type { Db } from '../../database/wire.js'
import { unseal } from '../../sealing.js'
import { actOf, endOf, methodsOf, type Outcome, outcomeOf, type ProviderAnswer, refundIn } from './provider-replies.rules.js'
import { type Charger, chargersOf } from './providers.sql.js'

/** What is asked of an app that takes payments. */
export interface ProviderLine {
  /** POSTs JSON to an address that a stranger chose: guarded as webhooks are, never throws. */
  ask(url: string, payload: object): Promise<ProviderAnswer>
  readonly secret: Buffer
}

/** What each sealed key is for, so that none opens as another's. */
export const purposeOf = (locationId: string, appId: string, mode: string) => `payment provider ${locationId} ${appId} ${mode}`

const keyOf = ({ secret }: Pick<ProviderLine, 'secret'>, locationId: string, { marketplaceAppId, mode, sealedKey }: Charger) =>
  unseal(secret, purposeOf(locationId, marketplaceAppId, mode), sealedKey)

type Fields = Readonly<Record<string, unknown>>

/** Calls to one app's query address, with the key that it gave us. The documented fields, and the sub-account in each. */
export const callsTo = (line: ProviderLine, locationId: string, charger: Charger) => {
  const ask = (type: string, fields: Fields) =>
    line.ask(charger.queryUrl, { type, locationId, apiKey: keyOf(line, locationId, charger).toString(), ...fields })
  return {
    verify: async (fields: Fields): Promise<Outcome> => outcomeOf(await ask('verify', fields)),
    refund: async (fields: Fields): Promise<Outcome> => actOf(await ask('refund', fields)),
    /** What has become of a refund; moves no money. */
    verifyRefund: async (fields: Fields & { readonly refundId: string }): Promise<Outcome> =>
      refundIn(await ask('verify', fields), fields.refundId),
    charge: async (fields: Fields): Promise<Outcome> => actOf(await ask('charge_payment', fields)),
    createSubscription: async (fields: Fields): Promise<Outcome> => actOf(await ask('create_subscription', fields)),
    cancelSubscription: async (fields: Fields): Promise<Outcome> => endOf(await ask('cancel_subscription', fields)),
    paymentMethods: async (contactId: string) => methodsOf(await ask('list_payment_methods', { contactId })),
  }
}

const isSame = (key: Buffer, sent: Buffer) => key.length === sent.length && timingSafeEqual(key, sent)

/** Which app of a location has this key, in either mode. */
export const chargerOfKey = async (
  line: Pick<ProviderLine, 'secret'>,
  db: Db,
  locationId: string,
  apiKey: string,
  appId: string | undefined,
): Promise<Charger | undefined> => {
  const chargers = [...(await chargersOf(db, locationId).all(true)), ...(await chargersOf(db, locationId).all(false))]
  const sent = Buffer.from(apiKey)
  const right = chargers.filter((charger) => isSame(keyOf(line, locationId, charger), sent))
  return right.find(({ marketplaceAppId }) => marketplaceAppId === appId) ?? right[0]
}
