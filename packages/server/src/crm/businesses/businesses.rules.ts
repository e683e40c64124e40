const texts = ['name', 'phone', 'email', 'website', 'address', 'city', 'description', 'state', 'postalCode', 'country'] as const

/** Columns that a request sets; absent ones stay as they are. */
export type BusinessDetails = { name?: string } & { [K in Exclude<(typeof texts)[number], 'name'>]?: string | null }

/** Sent fields in stored form: blanks around them gone, empty text as nothing. */
export const toDetails = (sent: { readonly [field: string]: unknown }): BusinessDetails =>
  Object.fromEntries(
    texts.flatMap((field) => {
      const value = sent[field]
      if (value === undefined) return []
      return [[field, typeof value === 'string' ? value.trim() || null : null]]
    }),
  )

/** A business as the record events have it: no owners, every filled field a property. */
export const toRecord = (business: { readonly id: string; readonly [field: string]: unknown }) => ({
  id: business.id,
  owners: [],
  followers: [],
  properties: texts.flatMap((key) => (typeof business[key] === 'string' ? [{ key, valueString: business[key] }] : [])),
})
