import type { Static, TObject } from './shapes.js'

/** An event that apps may receive: its name on the wire, the scope that entitles to it, the fields of its body. */
export interface EventType<N extends string = string, S extends TObject = TObject> {
  readonly type: N
  /** The scope an install must have been granted. Empty: every install of the app gets it. */
  readonly scope: string
  /** Fields beside the envelope (`type`, `locationId`, `appId`, `versionId`, `timestamp`, `webhookId`), in wire order. */
  readonly payload: S
  /** One line for the portal. */
  readonly summary: string
  /** True where the body carries no `locationId`, although the event is one of a sub-account. */
  readonly placeless?: boolean
  /** True where the body is the payload alone, without any envelope (wire-contract §6.1). */
  readonly bare?: boolean
}

/** Declares an event (wire-contract §5.4). */
export const event = <const N extends string, S extends TObject>(
  type: N,
  about: { scope: string; payload: S; summary: string; placeless?: boolean; bare?: boolean },
): EventType<N, S> => ({ type, ...about })

/** The body of an event without its envelope. */
export type Payload<E> = E extends EventType<string, infer S> ? Static<S> : never
