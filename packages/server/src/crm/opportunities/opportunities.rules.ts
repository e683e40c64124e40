import { unprocessable } from '@groundlevel/contract-kit'
import type { EventName } from '@groundlevel/contracts'
import type { CustomFieldInput } from '../contacts/index.js'

export type Status = 'open' | 'won' | 'lost' | 'abandoned'

/** Fields as a caller sends them, whichever operation it was. */
export interface OpportunityInput {
  /** Whom a change hands it over to. */
  readonly contactId?: string
  readonly pipelineId?: string
  readonly pipelineStageId?: string
  readonly name?: string
  readonly status?: Status
  readonly monetaryValue?: number | null
  readonly assignedTo?: string | null
  readonly source?: string | null
  readonly lostReasonId?: string | null
  readonly forecastExpectedCloseDate?: string | null
  readonly forecastProbability?: number | null
  readonly customFields?: readonly CustomFieldInput[]
  readonly followers?: readonly string[]
}

/** What decides which events a change is told by, and what its dates become. */
export interface Before {
  readonly pipelineId: string
  readonly pipelineStageId: string
  readonly status: string
  readonly monetaryValue: number
  readonly assignedTo: string | null
  readonly lostReasonId: string | null
  readonly forecastExpectedCloseDate: string | null
  readonly forecastOriginalCloseDate: string | null
  readonly forecastSlippageCount: number
  readonly forecastDaysSlipped: number
}

export type OpportunityEvent = Extract<EventName, `Opportunity${string}`>

/** A change is told by its own event, and by OpportunityUpdate beside it (wire-contract §5.4). */
export const eventsOf = (before: Before, after: Pick<Before, 'pipelineStageId' | 'status' | 'monetaryValue' | 'assignedTo'>) => {
  const events: Exclude<OpportunityEvent, 'OpportunityCreate' | 'OpportunityDelete'>[] = ['OpportunityUpdate']
  if (before.pipelineStageId !== after.pipelineStageId) events.push('OpportunityStageUpdate')
  if (before.status !== after.status) events.push('OpportunityStatusUpdate')
  if (before.monetaryValue !== after.monetaryValue) events.push('OpportunityMonetaryValueUpdate')
  if (before.assignedTo !== after.assignedTo) events.push('OpportunityAssignedToUpdate')
  return events
}

const layouts: readonly [RegExp, (match: RegExpExecArray) => (string | undefined)[]][] = [
  [/^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/, ([, year, , month, day]) => [year, month, day]],
  [/^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/, ([, month, , day, year]) => [year, month, day]],
  [/^(\d{4})-(\d\d)-(\d\d)T.*$/, ([, year, month, day]) => [year, month, day]],
]

/** `YYYY-MM-DD` of a day in one of the layouts that the documents list; undefined where it is no day. */
export const toDay = (text: string): string | undefined => {
  for (const [layout, parts] of layouts) {
    const match = layout.exec(text.trim())
    if (!match) continue
    const [year, month, day] = parts(match)
    const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
    const iso = Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, 10)
    const same = iso === `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
    return same ? iso : undefined
  }
  return undefined
}

/** @throws WireError 422 where it is no day */
export const closeDayOf = (sent: string | null | undefined): string | null | undefined => {
  if (sent === undefined) return undefined
  if (sent === null || sent.trim() === '') return null
  const day = toDay(sent)
  if (day === undefined) throw unprocessable(['forecastExpectedCloseDate must be a valid date'])
  return day
}

const dayMs = 86_400_000

/** The expected day of a close, and how far it has slipped: only a later day than before is a slip. */
export const slipped = (before: Before, day: string | null | undefined, now: Date) => {
  if (day === undefined || day === before.forecastExpectedCloseDate) return {}
  const known = before.forecastExpectedCloseDate
  const original = { forecastOriginalCloseDate: before.forecastOriginalCloseDate ?? day }
  if (day === null || known === null || day < known) return { forecastExpectedCloseDate: day, ...original }
  return {
    forecastExpectedCloseDate: day,
    ...original,
    forecastSlippageCount: before.forecastSlippageCount + 1,
    forecastDaysSlipped: before.forecastDaysSlipped + Math.round((Date.parse(day) - Date.parse(known)) / dayMs),
    forecastLastSlippedAt: now,
  }
}

/** Whoever makes opportunities, as replies name it. */
export const internalSourceOf = ({ source, channel, sourceId }: { source: string; channel: string; sourceId: string }) => ({
  type: 'CREATED',
  id: sourceId,
  channel,
  source,
})

/** What an event carries of a record; the allow-list of the contract leaves the rest out. */
export const toldOf = <T extends { readonly createdAt: string }>(record: T) => ({ ...record, dateAdded: record.createdAt })
