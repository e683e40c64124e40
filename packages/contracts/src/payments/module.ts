import { apiModule, t } from '@groundlevel/contract-kit'

export const payments = apiModule({
  name: 'payments',
  version: '2021-07-28',
  actors: ['location'],
  scope: 'payments/orders',
  tenant: 'alt',
})

/** Who owns what is asked for, in the words of this family. */
export const alt = { altId: t.String(), altType: t.Enum(['location']) }

/** The same where the documents do not name the type, which programs send all the same. */
export const looseAlt = {
  locationId: t.Optional(t.String()),
  altId: t.String(),
  altType: t.Optional(t.String({ maxLength: 40 })),
}

/** A limit of 0 stands for a page of the usual size. */
export const pageQuery = (usual: number) => ({
  limit: t.Default(t.Integer({ minimum: 0, maximum: 100 }), usual),
  offset: t.Default(t.Integer({ minimum: 0, maximum: 1_000_000 }), 0),
})

export const idText = t.String({ maxLength: 100 })
export const word = t.Optional(t.String({ maxLength: 200 }))
export const words = (maxLength: number) => t.Optional(t.String({ maxLength }))

/** An amount in the currency's own unit (19.99). */
export const money = t.Number({ minimum: 0, maximum: 1_000_000_000_000 })

export const Success = t.Object({ success: t.Boolean() })

export const sourceTypes = [
  'funnel',
  'website',
  'invoice',
  'calendar',
  'text2Pay',
  'document_contracts',
  'membership',
  'mobile_app',
  'communities',
  'point_of_sale',
  'manual',
  'form',
  'survey',
  'payment_link',
  'external',
] as const

export const Source = t.Object({
  type: t.String(),
  subType: t.Optional(t.String()),
  id: t.String(),
  name: t.Optional(t.String()),
  meta: t.Optional(t.Open()),
})
