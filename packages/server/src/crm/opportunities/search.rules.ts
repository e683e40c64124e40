import { unprocessable } from '@groundlevel/contract-kit'
import { fieldRule, type Language, type SortRules } from '../filters/index.js'
import { toDay } from './opportunities.rules.js'

const tidyPhone = (text: string) => text.replace(/[\s().-]/g, '')

/** What opportunities can be searched by (wire-contract §4.3). */
export const opportunityLanguage: Language = {
  customPrefix: 'custom_fields.',
  fields: {
    id: fieldRule.key,
    name: fieldRule.text,
    contact_name: fieldRule.text,
    company_name: fieldRule.text,
    email: fieldRule.text,
    phone: { ...fieldRule.text, tidy: tidyPhone },
    followers: { type: 'id', operators: fieldRule.text.operators },
    monetary_value: fieldRule.number,
    pipeline_id: fieldRule.id,
    pipeline_stage_id: fieldRule.id,
    status: fieldRule.word,
    lost_reason_id: fieldRule.id,
    source: fieldRule.word,
    assigned_to: fieldRule.id,
    contact_id: fieldRule.id,
    date_added: fieldRule.date,
    date_updated: fieldRule.date,
    last_status_change_date: fieldRule.date,
    last_stage_change_date: fieldRule.date,
  },
}

/** What opportunities can be sorted by. */
export const opportunitySorts: SortRules = {
  date_added: { type: 'date', nullable: false },
  date_updated: { type: 'date', nullable: false },
  name: { type: 'text', nullable: false },
  monetary_value: { type: 'number', nullable: false },
  last_status_change_date: { type: 'date', nullable: false },
  last_stage_change_date: { type: 'date', nullable: false },
}

export const newestFirst = { field: 'date_added', direction: 'desc' } as const

const orderFields: Readonly<Record<string, string>> = {
  added: 'date_added',
  updated: 'date_updated',
  name: 'name',
  value: 'monetary_value',
  status: 'last_status_change_date',
  stage: 'last_stage_change_date',
}

/** `added_asc` as a wish of the search language; nothing where nothing was asked for. */
export const wishOf = (order: string | undefined) => {
  const [name = '', direction] = (order ?? '').split('_')
  const field = orderFields[name]
  return field ? [{ field, direction: direction === 'asc' ? ('asc' as const) : ('desc' as const) }] : undefined
}

/** A cursor as the document has it, all texts, in the kinds that the order has. */
export const toCursor = (sent: readonly unknown[], kinds: readonly string[]): unknown[] =>
  sent.map((value, at) => {
    const kind = kinds[at]
    const numeric = kind === 'date' || kind === 'number'
    return numeric && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
  })

/** `mm-dd-yyyy` or any other layout of a day, as `yyyy-mm-dd`. @throws WireError 422 */
export const dayOf = (name: string, sent: string | undefined): string | undefined => {
  if (!sent?.trim()) return undefined
  const ms = /^\d{11,14}$/.test(sent) ? Number(sent) : undefined
  const day = ms === undefined ? toDay(sent) : new Date(ms).toISOString().slice(0, 10)
  if (day === undefined) throw unprocessable([`${name} must be a date in the format mm-dd-yyyy`])
  return day
}
