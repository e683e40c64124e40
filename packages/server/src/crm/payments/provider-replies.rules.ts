import { storableText } from '../../storable-text.js'

/** What a provider says of one payment. */
export interface Outcome {
  /** `pending`: it will tell later. */
  readonly state: 'succeeded' | 'failed' | 'pending'
  readonly chargeId?: string | undefined
  readonly chargeSnapshot?: Readonly<Record<string, unknown>> | undefined
  /** Of a subscription that began with it. */
  readonly subscriptionSnapshot?: Readonly<Record<string, unknown>> | undefined
  readonly message?: string | undefined
}

/** What came back from a provider's address. */
export interface ProviderAnswer {
  /** Null where no whole answer came. */
  readonly status: number | null
  readonly body: string | null
  readonly error: string
}

type Fields = Readonly<Record<string, unknown>>

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

const jsonOf = (body: string | null): unknown => {
  try {
    return JSON.parse(body ?? '')
  } catch {
    return undefined
  }
}

const textOf = (value: unknown, most = 400) =>
  typeof value === 'string' || typeof value === 'number' ? storableText(String(value), most) || undefined : undefined

/** An object as it may be kept: what a database would not take is left out. */
export const keepable = (value: unknown): Fields | undefined => {
  const fields = fieldsOf(value)
  const text = JSON.stringify(fields)
  if (text === '{}' || text.length > 16_384 || /\\u(0000|d[89a-f])/i.test(text)) return undefined
  return fields
}

/** A charge's own id, where only what the provider says of the charge names it. */
export const chargeIn = (snapshot: unknown): string | undefined => {
  const { chargeId, id } = fieldsOf(snapshot)
  return textOf(chargeId) ?? textOf(id)
}

const messageOf = ({ message, error }: Fields) => textOf(message) ?? textOf(error) ?? textOf(fieldsOf(error).message)

/**
 * What a reply means: `{success: true}` paid, `{failed: true}` refused, anything else not known yet. One that says both is
 * believed where it costs nobody money.
 */
export const outcomeOf = ({ status, body, error }: ProviderAnswer): Outcome => {
  const reply = fieldsOf(jsonOf(body))
  const { chargeId, chargeSnapshot } = { ...reply, ...fieldsOf(reply.transaction) } as Fields
  const subscriptionSnapshot = keepable(fieldsOf(reply.subscription).subscriptionSnapshot)
  const kept = { chargeSnapshot: keepable(chargeSnapshot), ...(subscriptionSnapshot && { subscriptionSnapshot }) }
  const more = { chargeId: textOf(chargeId), ...kept, message: messageOf(reply) }
  if (reply.failed === true) return { state: 'failed', ...more }
  if (status === null || status >= 300) return { state: 'pending', ...more, message: more.message ?? error }
  return { state: reply.success === true ? 'succeeded' : 'pending', ...more }
}

/** The same where the provider acts at once: a clear no is a failure, silence is not. */
export const actOf = (answer: ProviderAnswer): Outcome => {
  const outcome = outcomeOf(answer)
  const refused = answer.status !== null && answer.status < 500 && fieldsOf(jsonOf(answer.body)).success === false
  return outcome.state === 'pending' && refused ? { ...outcome, state: 'failed' } : outcome
}

const ends: ReadonlySet<unknown> = new Set(['canceled', 'cancelled'])

/** The same of a subscription's end, for which the guide shows `{status: 'canceled'}`. */
export const endOf = (answer: ProviderAnswer): Outcome => {
  const outcome = actOf(answer)
  const ended = answer.status !== null && answer.status < 300 && ends.has(fieldsOf(jsonOf(answer.body)).status)
  return outcome.state === 'pending' && ended ? { ...outcome, state: 'succeeded' } : outcome
}

const refundStates: Readonly<Record<string, Outcome['state']>> = { succeeded: 'succeeded', failed: 'failed' }

/**
 * What a reply to `verify` says of one refund: `refund`, or one of `refunds`, with our `refundId` and a `status`. An app that says
 * nothing of it leaves it open; `success` is of the payment.
 */
export const refundIn = ({ body }: ProviderAnswer, refundId: string): Outcome => {
  const reply = fieldsOf(jsonOf(body))
  const listed = Array.isArray(reply.refunds) ? reply.refunds : [reply.refund]
  const said = listed.map(fieldsOf).find((each) => each.refundId === refundId) ?? {}
  return { state: refundStates[String(said.status)] ?? 'pending', message: messageOf(said) }
}

const mostMethods = 100

/** Payment methods out of a reply, which is a list. */
export const methodsOf = ({ body }: ProviderAnswer) => {
  const list = jsonOf(body)
  return (Array.isArray(list) ? list : []).slice(0, mostMethods).flatMap((each) => {
    const { id, type, title, subTitle, expiry, customerId, imageUrl } = fieldsOf(each)
    const known = textOf(id)
    if (!known) return []
    const words = { title: textOf(title, 100) ?? known, subTitle: textOf(subTitle, 100) ?? '', expiry: textOf(expiry, 20) ?? '' }
    const rest = { customerId: textOf(customerId) ?? '', imageUrl: textOf(imageUrl, 2000) ?? '' }
    return [{ id: known, type: textOf(type, 100) ?? 'card', ...words, ...rest }]
  })
}
