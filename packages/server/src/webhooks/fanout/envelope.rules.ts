import type { TObject } from '@groundlevel/contract-kit'
import { events } from '@groundlevel/contracts'

/** What the envelope of a delivery is made of. */
export interface Enveloped {
  readonly type: string
  readonly locationId: string | null
  readonly payload: Readonly<Record<string, unknown>>
  readonly appId: string
  readonly versionId: string
  readonly timestamp: Date
  readonly webhookId: string
}

/**
 * The body of a try after the first: the same but for its `timestamp`. Receivers refuse what is older than five minutes, as the
 * platform's own guide tells them to, and a retry comes later than that; `webhookId` is how they know it again.
 */
export const stampedAgain = (body: string, at: Date): string => {
  const sent = JSON.parse(body) as object
  return 'webhookId' in sent ? JSON.stringify({ ...sent, timestamp: at.toISOString() }) : body
}

/** The declared fields of a record in their declared order; empty ones are left out. */
export const allowed = (shape: TObject, record: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(shape.properties)
      .map((name) => [name, record[name]] as const)
      .filter(([, value]) => value !== null && value !== undefined),
  )

/**
 * The body of a webhook: flat, written once by plain `JSON.stringify`, so that receivers who verify a re-serialised body
 * (HighLevel's samples do) see the very same bytes.
 */
export const bodyOf = ({ type, locationId, payload, appId, versionId, timestamp, webhookId }: Enveloped): string => {
  const declared = events[type as keyof typeof events]
  if (!declared) throw new Error(`No event is called ${type}: declare it in the contracts first.`)
  if (declared.bare) return JSON.stringify(allowed(declared.payload, payload))
  return JSON.stringify({
    type,
    ...(locationId === null || declared.placeless ? {} : { locationId }),
    ...allowed(declared.payload, payload),
    appId,
    versionId,
    timestamp: timestamp.toISOString(),
    webhookId,
  })
}
