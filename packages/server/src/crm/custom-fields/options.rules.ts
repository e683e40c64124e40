import { badRequest, unprocessable } from '@groundlevel/contract-kit'
import type { DataType } from '@groundlevel/contracts'
import type { FieldOption } from './definition.js'
import { snakeName } from './field-keys.rules.js'

/** An option as callers write it: a label, or an object with more. */
export type OptionInput =
  | string
  | { readonly key?: string; readonly label: string; readonly url?: string | null; readonly prefillValue?: string | null }

const choosing: ReadonlySet<DataType> = new Set(['SINGLE_OPTIONS', 'MULTIPLE_OPTIONS', 'RADIO', 'CHECKBOX', 'TEXTBOX_LIST'])

export const hasOptions = (dataType: DataType): boolean => choosing.has(dataType)

const unused = (wanted: string, used: ReadonlySet<string>) => {
  if (!used.has(wanted)) return wanted
  for (let number = 1; ; number++) if (!used.has(`${wanted}_${number}`)) return `${wanted}_${number}`
}

const labelled = (input: OptionInput) => (typeof input === 'string' ? { label: input } : input)
const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()

/** The earlier option that an input means: by its key, else by its label. */
const earlierOf = (input: { key?: string; label: string }, before: readonly FieldOption[]) =>
  before.find(({ key }) => key === input.key) ?? before.find(({ label }) => same(label, input.label))

/** Options as they are stored: each with a key of its own, the keys of earlier ones kept. */
export const toOptions = (
  dataType: DataType,
  sent: readonly OptionInput[],
  before: readonly FieldOption[] = [],
): readonly FieldOption[] => {
  // The document's own example sends a list with TEXT: what the type has no use for is passed over.
  if (sent.length === 0 || !hasOptions(dataType)) return []
  const inputs = sent.map(labelled)
  const twice = inputs.find(({ label }, at) => inputs.findIndex((each) => same(each.label, label)) !== at)
  if (twice) throw unprocessable([`options must have labels of their own; ${JSON.stringify(twice.label)} is there twice`])
  const used = new Set<string>()
  return inputs.map((input, at) => {
    const wanted = earlierOf(input, before)?.key ?? (input.key || snakeName(input.label) || `option_${at + 1}`)
    const key = unused(wanted, used)
    used.add(key)
    return {
      key,
      label: input.label.trim(),
      ...(input.url ? { url: input.url } : {}),
      ...(input.prefillValue ? { prefillValue: input.prefillValue } : {}),
    }
  })
}

/** The v2 documents let options be added and renamed, never taken away: records hold them. */
export const demandAll = (before: readonly FieldOption[], after: readonly FieldOption[]): void => {
  const gone = before.filter(({ key }) => !after.some((each) => each.key === key))
  if (gone.length > 0) {
    const labels = gone.map(({ label }) => JSON.stringify(label)).join(', ')
    throw badRequest(`Removal of options is not supported here: send ${labels} along with the others.`)
  }
}

/** Extensions with one dot in front and in lower case; `all` says that there is no limit. Only a field of files has them. */
export const toFormats = (
  dataType: DataType | null | undefined,
  sent: readonly string[] | string | null | undefined,
): string[] => {
  if (dataType !== 'FILE_UPLOAD') return []
  const list = typeof sent === 'string' ? sent.split(',') : (sent ?? [])
  const tidy = list.map((each) => each.trim().toLowerCase()).filter(Boolean)
  return [...new Set(tidy.map((each) => (each === 'all' || each.startsWith('.') ? each : `.${each}`)))]
}
