import type { Part, SuppliedAction, SuppliedTrigger } from './words.js'

/** How one thing that a part asks for is entered. */
export type FieldSpec = { readonly label?: string; readonly hint?: string } & (
  | { readonly as: 'line'; readonly name: string; readonly merge?: boolean; readonly placeholder?: string }
  | { readonly as: 'text'; readonly name: string; readonly rows: number }
  | { readonly as: 'number'; readonly name: string; readonly least?: number }
  | { readonly as: 'flag'; readonly name: string }
  | {
      readonly as: 'choice'
      readonly name: string
      readonly options: readonly (readonly [string, string])[]
      readonly clearable?: boolean
    }
  | { readonly as: 'one'; readonly name: string; readonly of: Source; readonly placeholder?: string }
  | { readonly as: 'several'; readonly name: string; readonly of: Source }
  | { readonly as: 'words'; readonly name: string }
  | { readonly as: 'tags' }
  | { readonly as: 'pairs'; readonly name: string }
  | { readonly as: 'json'; readonly name: string }
  | { readonly as: 'field-value' }
  | { readonly as: 'contact-field'; readonly name: string; readonly birthday?: boolean }
  | { readonly as: 'math' }
  | { readonly as: 'dnd' }
  | { readonly as: 'workflow-left' }
  | { readonly as: 'time'; readonly name: string }
  | { readonly as: 'wait' }
  | { readonly as: 'message'; readonly type: 'sms' | 'email' }
  | { readonly as: 'conditions' }
  | { readonly as: 'paths' }
  | { readonly as: 'schedule' }
  | { readonly as: 'address' }
  | { readonly as: 'window' }
  | { readonly as: 'goal' }
  /** What an app has defined: the fields of its action, the branches that the author draws for it, the filters of its trigger. */
  | { readonly as: 'app-fields'; readonly defined: SuppliedAction }
  | { readonly as: 'app-branches'; readonly defined: SuppliedAction }
  | { readonly as: 'app-filters'; readonly defined: SuppliedTrigger }
  | { readonly as: 'app-gone' }
  /** Only what the event tells can be asked; `contact`: the contact's own fields too. */
  | { readonly as: 'filters'; readonly facts: readonly FactSpec[]; readonly contact?: boolean }
)

/** A kind of trigger or step: what it is called and what it asks for. */
export interface Kind {
  readonly label: string
  /** Under which heading it is offered. */
  readonly group: string
  /** What a new one begins with. */
  readonly fresh: Part
  readonly fields: readonly FieldSpec[]
  /** What the app says of it. */
  readonly about?: string
  /** False: only shown where it is there already, since it is made elsewhere. */
  readonly offered?: boolean
}

/** Kinds under one heading; those of an app under its name. */
export interface Offer {
  readonly group: string
  readonly appId?: string
  readonly kinds: readonly { readonly id: string; readonly kind: Kind; readonly part: Part }[]
}

/** Things of the sub-account that are chosen by name. */
export type Source =
  | 'users'
  | 'pipelines'
  | 'stages'
  | 'forms'
  | 'links'
  | 'calendars'
  | 'tags'
  | 'workflows'
  | 'sms-templates'
  | 'email-templates'
  | 'steps'

/** Something that a trigger tells, for its filters and for conditions. */
export interface FactSpec {
  readonly field: string
  readonly label: string
  readonly of?: Source
  readonly options?: readonly (readonly [string, string])[]
  /** Whom to ask for the options. */
  readonly asked?: Asked
}

/** Of whom a field is asked: the app’s part that it belongs to. */
export interface Asked {
  readonly appId: string
  readonly appName: string
  readonly kind: 'trigger' | 'action'
  readonly key: string
}
