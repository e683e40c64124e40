import { type Json, jsonText } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import type { AppInstall, TalkEvent, TalkPorts } from './ports.js'

export type TalkEventType =
  | 'InboundMessage'
  | 'OutboundMessage'
  | 'ConversationUnreadUpdate'
  | 'ProviderOutboundMessage'
  | 'LCEmailStats'

/** The one install that an event is for. */
export type EventInstall = Pick<AppInstall, 'appId' | 'installId'>

/** A change that is under way: a request's, a job's, or another room's. */
export interface Work {
  readonly db: Db
  readonly locationId: string
  readonly companyId: string
  readonly now: Date
  tell(type: TalkEventType, record: Json<object> | object, about?: EventInstall): Promise<void>
  afterCommit(act: () => void): void
}

interface RequestContext {
  readonly db: Db
  readonly locationId: string
  readonly companyId: string
  readonly now: Date
  emit(type: never, record: Json<object> | object, about?: EventInstall): Promise<void>
  afterCommit(act: () => void): void
}

/** The change that a request makes. */
export const workOf = (context: RequestContext): Work => ({
  db: context.db,
  locationId: context.locationId,
  companyId: context.companyId,
  now: context.now,
  tell: (type, record, about) => context.emit(type as never, record, about),
  afterCommit: context.afterCommit,
})

/** A change in somebody else's transaction; `afterCommit` collects what is to be done once that has committed. */
export const workIn = (
  ports: { addEvent(db: Db, event: TalkEvent): unknown },
  { db, locationId, companyId, now }: Pick<Work, 'db' | 'locationId' | 'companyId' | 'now'>,
  afterCommit: (act: () => void) => void,
): Work => ({
  db,
  locationId,
  companyId,
  now,
  afterCommit,
  tell: async (type, record, about) => {
    const payloadText = jsonText(record)
    await ports.addEvent(db, { type, companyId, locationId, ...about, payloadText, traceId: null, now })
  },
})

/** Events of a batch, written together at its end: one statement for each kind and tenant. */
export const createTold = (ports: Pick<TalkPorts, 'addEvents'>) => {
  const groups = new Map<string, { readonly event: Omit<TalkEvent, 'payloadText'>; readonly texts: string[] }>()
  return {
    add: (event: TalkEvent): void => {
      const { payloadText, ...rest } = event
      const key = [rest.type, rest.locationId, rest.installId].join(' ')
      const group = groups.get(key) ?? { event: rest, texts: [] }
      groups.set(key, group)
      group.texts.push(payloadText)
    },
    write: async (db: Db): Promise<void> => {
      for (const { event, texts } of groups.values()) await ports.addEvents(db, event, texts)
    },
  }
}
