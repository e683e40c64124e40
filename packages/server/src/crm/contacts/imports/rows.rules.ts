import { WireError } from '@groundlevel/contract-kit'
import { type ContactChange, isEmail, isTimezone, tidyTags, toChange } from '../contacts.rules.js'
import { type CustomFieldValue, isEmptyValue, judgeValue, type ValueField } from '../custom-fields.rules.js'
import { type ImportField, longest, type Target } from './columns.rules.js'

/** A row of the file in the form that is stored. Empty cells say nothing: they neither set nor clear. */
export interface ReadRow {
  /** Number in the file; the first row after the header is 1. */
  readonly row: number
  readonly cells: readonly string[]
  readonly contactId: string | undefined
  readonly change: ContactChange
  readonly type: 'lead' | 'customer' | undefined
  readonly tags: readonly string[]
  readonly values: readonly CustomFieldValue[]
}

/** A row that cannot be taken, and why. */
export interface RefusedRow {
  readonly row: number
  readonly cells: readonly string[]
  readonly reason: string
}

/** Our export puts a quote before what a spreadsheet would run as a formula; the way back takes it off. */
const undefused = (cell: string) => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)

const yes: ReadonlySet<string> = new Set(['true', 'yes', 'y', '1', 'on', 'active'])
const no: ReadonlySet<string> = new Set(['false', 'no', 'n', '0', 'off', 'inactive'])

const flagOf = (text: string) => {
  const flag = text.toLowerCase()
  if (yes.has(flag)) return true
  if (no.has(flag)) return false
  throw new Refusal('dnd must be yes or no')
}

const typeOf = (text: string) => {
  const type = text.toLowerCase()
  if (type === 'lead' || type === 'customer') return type
  throw new Refusal('type must be lead or customer')
}

class Refusal extends Error {}

const demandEmail = (text: string) => {
  if (!isEmail(text)) throw new Refusal('email must be an email')
}

/** Values that are objects are written as JSON in a cell, as the export does. */
const structured = (cell: string): unknown => {
  try {
    return JSON.parse(cell)
  } catch {
    return cell
  }
}

/** Several options stand in one cell, apart by ; or |, else by commas, unless all of it is the name of one. */
const choices = (cell: string, field: ValueField, country: string | null) => {
  const whole = judgeValue(cell, field, country)
  return 'must' in whole ? judgeValue(cell.split(/[;|]/.test(cell) ? /[;|]/ : ','), field, country) : whole
}

const judgeCell = (cell: string, field: ValueField, country: string | null) => {
  if (field.dataType === 'CHECKBOX' || field.dataType === 'MULTIPLE_OPTIONS') return choices(cell, field, country)
  const isObject = field.dataType === 'TEXTBOX_LIST' || field.dataType === 'FILE_UPLOAD'
  return judgeValue(isObject ? structured(cell) : cell, field, country)
}

interface Sorted {
  readonly fields: Partial<Record<ImportField, string>>
  readonly values: CustomFieldValue[]
}

const sortCells = (cells: readonly string[], targets: readonly (Target | undefined)[], country: string | null): Sorted => {
  const sorted: Sorted = { fields: {}, values: [] }
  targets.forEach((target, at) => {
    const cell = undefused((cells[at] ?? '').trim())
    if (!target || cell === '') return
    if ('field' in target) {
      if (cell.length > longest(target.field))
        throw new Refusal(`${target.field} must be shorter than or equal to ${longest(target.field)} characters`)
      sorted.fields[target.field] = cell
      return
    }
    const judged = judgeCell(cell, target.custom, country)
    if ('must' in judged) throw new Refusal(`${target.custom.fieldKey} ${judged.must}`)
    if (!isEmptyValue(judged.value)) sorted.values.push({ id: target.custom.id, value: judged.value })
  })
  return sorted
}

const readOne = (
  row: number,
  cells: readonly string[],
  targets: readonly (Target | undefined)[],
  country: string | null,
): ReadRow => {
  const { fields, values } = sortCells(cells, targets, country)
  const { id, tags, dnd, type, ...rest } = fields
  if (rest.email !== undefined) demandEmail(rest.email)
  if (rest.timezone !== undefined && !isTimezone(rest.timezone))
    throw new Refusal('timezone must be a name of the tz database such as America/New_York')
  if (Object.keys(fields).length === 0 && values.length === 0) throw new Refusal('the row is empty')
  const change = toChange({ ...rest, ...(dnd === undefined ? {} : { dnd: flagOf(dnd) }) }, rest.country ?? country)
  return {
    row,
    cells,
    contactId: id,
    change,
    type: type === undefined ? undefined : typeOf(type),
    tags: tags === undefined ? [] : tidyTags(tags.split(/[,;|]/)),
    values,
  }
}

/** Reads one row, or says why it cannot be taken. */
export const readRow = (
  row: number,
  cells: readonly string[],
  targets: readonly (Target | undefined)[],
  country: string | null,
): ReadRow | RefusedRow => {
  try {
    return readOne(row, cells, targets, country)
  } catch (error) {
    if (error instanceof Refusal) return { row, cells, reason: error.message }
    if (error instanceof WireError) return { row, cells, reason: ([] as unknown[]).concat(error.body.message).join('; ') }
    throw error
  }
}
