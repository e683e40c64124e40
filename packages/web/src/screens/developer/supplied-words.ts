import type { Input, Reply } from '@groundlevel/contract-kit'
import type { apps } from '@groundlevel/contracts'

export type AppTrigger = Reply<typeof apps.triggers.list>['triggers'][number]
export type AppAction = Reply<typeof apps.actions.list>['actions'][number]
export type SuppliedField = AppAction['fields'][number]
type NewTrigger = NonNullable<Input<typeof apps.triggers.create>['body']>
type NewAction = NonNullable<Input<typeof apps.actions.create>['body']>

export const kinds = {
  trigger: { name: 'trigger', title: 'Triggers', fields: 'filters', address: 'subscriptionUrl' },
  action: { name: 'action', title: 'Actions', fields: 'fields', address: 'url' },
} as const

export type Kind = keyof typeof kinds

export const fieldTypeNames: Readonly<Record<SuppliedField['type'], string>> = {
  string: 'Text',
  numerical: 'Number',
  textarea: 'Long text',
  select: 'One of several',
  multiselect: 'Some of several',
  radio: 'Radio buttons',
  toggle: 'Toggle',
  checkbox: 'Checkbox',
  attachment: 'Attachment',
  rich_text: 'Rich text',
  hidden: 'Hidden',
  dynamic: 'Dynamic: your server says which',
}

/** What a field may be in a trigger's filters. */
export const filterTypes: readonly SuppliedField['type'][] = ['string', 'select', 'multiselect', 'dynamic']

export const hasOptions = (type: SuppliedField['type']) => type === 'select' || type === 'multiselect' || type === 'radio'

/** `label = value` a line; a line without `=` is both. */
export const optionsFrom = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const at = line.indexOf('=')
      return at < 0 ? { label: line, value: line } : { label: line.slice(0, at).trim(), value: line.slice(at + 1).trim() }
    })

export const textOfOptions = (options: SuppliedField['options'] = []) =>
  options.map(({ label, value }) => (label === value ? label : `${label} = ${value}`)).join('\n')

/** `Name: value` a line. */
export const headersFrom = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const at = line.indexOf(':')
        return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()]
      }),
  )

export const textOfHeaders = (headers: Readonly<Record<string, unknown>> = {}) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join('\n')

/** What the form edits, whichever kind it is. */
export interface Draft {
  key: string
  name: string
  description: string
  address: string
  headers: string
  fields: SuppliedField[]
  branching: boolean
  branchFields: SuppliedField[]
  pause: boolean
  sample: string
}

const isAction = (part: AppTrigger | AppAction): part is AppAction => 'branching' in part

export const draftOf = (part?: AppTrigger | AppAction): Draft => {
  const blank = { key: '', name: '', description: '', address: '', headers: '', sample: '' }
  const more = { fields: [], branching: false, branchFields: [], pause: false }
  if (!part) return { ...blank, ...more }
  const { key, name, description } = part
  const shown = { key, name, description, headers: textOfHeaders(part.headers), sample: sampleText(part.sample) }
  if (!isAction(part)) return { ...more, ...shown, address: part.subscriptionUrl, fields: [...part.filters] }
  const { url: address, fields, branching, branchFields, pause } = part
  return { ...shown, address, fields: [...fields], branching, branchFields: [...branchFields], pause }
}

const sampleText = (sample: object) => (Object.keys(sample).length === 0 ? '' : JSON.stringify(sample, null, 2))

/** Undefined where it is no JSON object. */
export const sampleFrom = (text: string): Record<string, unknown> | undefined => {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const shared = ({ name, description, headers, sample }: Draft) => ({
  name: name.trim(),
  description: description.trim(),
  headers: headersFrom(headers),
  sample: sampleFrom(sample) ?? {},
})

export const triggerBody = (draft: Draft): Omit<NewTrigger, 'key'> => ({
  ...shared(draft),
  subscriptionUrl: draft.address.trim(),
  filters: draft.fields,
})

export const actionBody = (draft: Draft): Omit<NewAction, 'key'> => {
  const { address, fields, branching, branchFields, pause } = draft
  return { ...shared(draft), url: address.trim(), fields, branching, branchFields: branching ? branchFields : [], pause }
}

/** What a refusal says of each input, by the path that the wire has for it. */
export type Marked = Readonly<Record<string, string>>

const parts = ['label', 'key', 'type', 'options', 'url'] as const

/** Paths of all inputs that a refusal may name, the narrower first. */
export const pathsOf = (kind: Kind, { fields, branchFields }: Draft): string[] => {
  const words = kinds[kind]
  const lines = (path: string, list: readonly unknown[]) =>
    list.flatMap((_, at) => [...parts.map((part) => `${path}.${at}.${part}`), `${path}.${at}`])
  return [
    ...['key', 'name', 'description', words.address, 'headers', 'sample'],
    ...[...lines(words.fields, fields), words.fields],
    ...[...lines('branchFields', branchFields), 'branchFields'],
  ]
}
