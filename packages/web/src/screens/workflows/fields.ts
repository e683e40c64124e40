/** How one thing that a part asks for is entered. */
export type FieldSpec = { readonly label?: string; readonly hint?: string } & (
  | { readonly as: 'line'; readonly name: string; readonly merge?: boolean; readonly placeholder?: string }
  | { readonly as: 'text'; readonly name: string; readonly rows: number }
  | { readonly as: 'number'; readonly name: string; readonly least?: number }
  | { readonly as: 'flag'; readonly name: string }
  | { readonly as: 'choice'; readonly name: string; readonly options: readonly (readonly [string, string])[] }
  | { readonly as: 'one'; readonly name: string; readonly of: Source; readonly placeholder?: string }
  | { readonly as: 'several'; readonly name: string; readonly of: Source }
  | { readonly as: 'words'; readonly name: string }
  | { readonly as: 'tags' }
  | { readonly as: 'pairs'; readonly name: string }
  | { readonly as: 'json'; readonly name: string }
  | { readonly as: 'field-value' }
  | { readonly as: 'wait' }
  | { readonly as: 'message'; readonly type: 'sms' | 'email' }
  | { readonly as: 'conditions' }
  | { readonly as: 'paths' }
  | { readonly as: 'schedule' }
  | { readonly as: 'address' }
  | { readonly as: 'window' }
  | { readonly as: 'goal' }
  /** Only what the event tells can be asked; `contact`: the contact's own fields too. */
  | { readonly as: 'filters'; readonly facts: readonly FactSpec[]; readonly contact?: boolean }
)

/** Things of the sub-account that are chosen by name. */
export type Source =
  | 'users'
  | 'pipelines'
  | 'stages'
  | 'forms'
  | 'links'
  | 'calendars'
  | 'tags'
  | 'sms-templates'
  | 'email-templates'
  | 'steps'

/** Something that a trigger tells, for its filters and for conditions. */
export interface FactSpec {
  readonly field: string
  readonly label: string
  readonly of?: Source
  readonly options?: readonly (readonly [string, string])[]
}
