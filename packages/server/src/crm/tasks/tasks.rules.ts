import { unprocessable } from '@groundlevel/contract-kit'

const layout = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i
const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i

const earliest = Date.UTC(1900, 0)
const latest = Date.UTC(9000, 0)

/**
 * A date or time in ISO 8601; without an offset it is UTC.
 *
 * @throws WireError 422 that names the field
 */
export const toInstant = (text: string, field: string): Date => {
  const trimmed = text.trim()
  const timed = trimmed.length > 10 && !zoned.test(trimmed) ? `${trimmed}Z` : trimmed
  const millis = layout.test(trimmed) ? Date.parse(timed.replace(' ', 'T')) : Number.NaN
  if (!(millis >= earliest && millis < latest)) throw unprocessable([`${field} must be a valid ISO 8601 date string`])
  return new Date(millis)
}

export interface TaskInput {
  readonly title?: string
  readonly body?: string | null
  readonly assignedTo?: string | null
  readonly dueDate?: string | null
  readonly completed?: boolean
}

/** Columns that a request sets; absent ones stay as they are. */
export interface TaskChange {
  title?: string
  body?: string | null
  assignedTo?: string | null
  dueDate?: Date | null
  completed?: boolean
}

export const toTaskChange = ({ title, body, assignedTo, dueDate, completed }: TaskInput): TaskChange => {
  const change: TaskChange = {}
  if (title !== undefined) change.title = filled(title, 'title')
  if (body !== undefined) change.body = body || null
  if (assignedTo !== undefined) change.assignedTo = assignedTo || null
  if (dueDate !== undefined) change.dueDate = dueDate ? toInstant(dueDate, 'dueDate') : null
  if (completed !== undefined) change.completed = completed
  return change
}

/** @throws WireError 422 where there is nothing but blanks */
export const filled = (text: string, field: string): string => {
  if (text.trim() === '') throw unprocessable([`${field} should not be empty`])
  return text.trim()
}
