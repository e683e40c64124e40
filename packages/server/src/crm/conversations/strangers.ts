import type { Db } from '../../database/wire.js'
import type { Context } from '../../http/implement.js'
import type { TalkPorts } from './ports.js'
import { providerChoice } from './providers.sql.js'
import { handOver, type Outgoing, standingOf, wayOf } from './ways.js'
import { workIn } from './work.js'

/** A text to somebody who is no contact: it stands in no conversation. */
export interface TextToStranger {
  readonly locationId: string
  /** What its provider calls it when it says what became of it. */
  readonly id: string
  readonly phone: string
  readonly text: string
  readonly now: Date
}

const outgoingOf = ({ id, phone, text }: TextToStranger): Outgoing => ({
  messageId: id,
  contactId: null,
  body: text,
  attachments: [],
  from: null,
  to: [phone],
  userId: null,
})

/**
 * Hands a text to the SMS provider that the sub-account has chosen, in the caller's transaction.
 *
 * @returns whether there is such a provider, and its app is installed and may send
 */
export const textStranger =
  (ports: TalkPorts) =>
  async (db: Db, text: TextToStranger): Promise<boolean> => {
    const { locationId, now } = text
    const companyId = (await ports.location(locationId))?.companyId
    const provider = companyId === undefined ? undefined : await providerChoice(db, locationId).of('SMS')
    if (!provider || companyId === undefined) return false
    const work = workIn(ports, { db, locationId, companyId, now }, () => {})
    const way = await wayOf(ports, work, 'SMS', provider)
    if (way.kind !== 'provider') return false
    const outgoing = outgoingOf(text)
    await handOver(work, way, outgoing, standingOf(way, outgoing), () => {})
    return true
  }

interface StrangerReport {
  readonly status: 'delivered' | 'failed' | 'pending' | 'read'
  readonly error?: { readonly message?: string | undefined } | undefined
}

/** Keeps what the chosen provider says became of a text to a stranger. @returns false where it is none, or not theirs to say */
export const strangerReport = async (
  { strangers }: Pick<TalkPorts, 'strangers'>,
  { db, locationId, now, principal }: Pick<Context, 'db' | 'locationId' | 'now' | 'principal'>,
  messageId: string,
  { status, error }: StrangerReport,
): Promise<boolean> => {
  const provider = await providerChoice(db, locationId).of('SMS')
  if (!strangers || principal.source !== 'oauth' || provider?.appId !== principal.appId) return false
  return strangers.settle(db, { locationId, id: messageId, status, error: error?.message ?? null, now })
}
