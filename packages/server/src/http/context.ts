import { forbidden, type Json, jsonText } from '@groundlevel/contract-kit'
import type { Db } from '../database/wire.js'
import { newId } from '../ids.js'
import type { Call } from './call.js'
import type { Context, EventTarget } from './implement.js'
import type { Person, Principal } from './principal.js'
import type { UploadedFile } from './uploads.js'

/** Writes an event to the outbox inside the transaction that it is given. */
export type AddEvent = (db: Db, event: OutboxEvent) => Promise<unknown>

/** The same event of many records, in one statement. */
export type AddEvents = (db: Db, event: Omit<OutboxEvent, 'payloadText'>, payloadTexts: readonly string[]) => Promise<unknown>

/** How a context writes events. */
export interface Outbox {
  readonly addEvent: AddEvent
  readonly addEvents: AddEvents
}

export interface OutboxEvent {
  readonly type: string
  readonly companyId: string
  readonly locationId: string | null
  readonly appId?: string
  readonly installId?: string
  readonly test?: boolean
  readonly payloadText: string
  readonly traceId: string
  readonly now: Date
}

/** What a handler finds beside its input; getters, so that a read pays for nothing that it does not ask for. */
export class CallContext implements Context {
  readonly #committed: (() => void)[] = []
  #emitted = false

  constructor(
    readonly call: Call,
    readonly db: Db,
    readonly pool: Db,
    private readonly outbox: Outbox | undefined,
    private readonly wake: () => void = () => {},
  ) {}

  get now(): Date {
    return this.call.now
  }

  get files(): readonly UploadedFile[] {
    return this.call.files
  }

  get traceId(): string {
    return this.call.traceId
  }

  get principal(): Principal {
    if (!this.call.principal) throw new Error(`${this.call.operation.key} has no token, so it has no principal`)
    return this.call.principal
  }

  get person(): Person {
    if (!this.call.person) throw new Error(`${this.call.operation.key} has no session, so it has no person`)
    return this.call.person
  }

  get locationId(): string {
    const id = this.call.locationId
    if (id === undefined)
      throw forbidden(
        'The token does not have access to this location.',
        'The request names no sub-account where this operation needs one.',
      )
    return id
  }

  get companyId(): string {
    return this.principal.companyId
  }

  get userId(): string | null {
    return this.principal.source === 'oauth' ? null : (this.principal.userId ?? null)
  }

  // Handlers take these out by name, so they are bound.
  readonly newId = (): string => newId(this.call.now)

  readonly emit = async (type: string, record: Json<object> | object, about: EventTarget = {}): Promise<void> => {
    await this.outboxFor(type).addEvent(this.db, { ...this.eventOf(type, about), payloadText: jsonText(record) })
  }

  readonly emitAll = async (type: string, records: readonly (Json<object> | object)[]): Promise<void> => {
    if (records.length > 0) await this.outboxFor(type).addEvents(this.db, this.eventOf(type, {}), records.map(jsonText))
  }

  private outboxFor(type: string): Outbox {
    const { operation } = this.call
    if (!this.outbox) throw new Error(`${operation.key} reads, so it must not emit ${type}`)
    if (!operation.emits.includes(type)) throw new Error(`${operation.key} does not declare the event ${type}`)
    this.#emitted = true
    return this.outbox
  }

  private eventOf(type: string, about: EventTarget): Omit<OutboxEvent, 'payloadText'> {
    const { call } = this
    return {
      type,
      companyId: about.companyId ?? this.companyId,
      locationId: about.locationId === undefined ? (call.locationId ?? null) : about.locationId,
      ...(about.appId ? { appId: about.appId } : {}),
      ...(about.installId ? { installId: about.installId } : {}),
      ...(about.test ? { test: true } : {}),
      traceId: call.traceId,
      now: call.now,
    }
  }

  readonly afterCommit = (act: () => void): void => {
    this.#committed.push(act)
  }

  /** Called by the step that committed. */
  committed(): void {
    for (const act of this.#committed) act()
    if (this.#emitted) this.wake()
  }
}
