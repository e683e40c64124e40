import { badRequest } from '@groundlevel/contract-kit'

export const mathOperators = ['add', 'subtract', 'multiply', 'divide', 'add_days', 'subtract_days'] as const

export type MathOperator = (typeof mathOperators)[number]

const dayMs = 86_400_000

const shown = (value: unknown) => JSON.stringify(value ?? null).slice(0, 100)
const isEmpty = (value: unknown) => value === undefined || value === null || value === ''

const numberIn = (value: unknown): number => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) throw badRequest(`${shown(value)} is no number`)
  return number
}

const sums: Readonly<Record<'add' | 'subtract' | 'multiply' | 'divide', (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
}

const moved = (before: unknown, days: number): string => {
  const at = typeof before === 'string' || typeof before === 'number' ? new Date(before) : undefined
  if (!at || Number.isNaN(at.getTime())) throw badRequest(`${shown(before)} is no date`)
  const then = new Date(at.getTime() + days * dayMs)
  if (Number.isNaN(then.getTime())) throw badRequest(`${shown(before)} and ${days} days are no date`)
  return /^\d{4}-\d\d-\d\d$/.test(String(before)) ? then.toISOString().slice(0, 10) : then.toISOString()
}

/**
 * What a field becomes: an empty one counts as 0, an empty date stays what it is.
 *
 * @throws WireError 400 where it cannot be reckoned with
 */
export const calculated = (operator: MathOperator, before: unknown, by: unknown): number | string => {
  const number = numberIn(by)
  if (operator === 'add_days' || operator === 'subtract_days') return moved(before, operator === 'add_days' ? number : -number)
  const result = sums[operator](isEmpty(before) ? 0 : numberIn(before), number)
  if (!Number.isFinite(result)) throw badRequest(`${shown(before)} cannot be divided by ${number}`)
  // Without the tail that sums of decimal fractions have.
  return Number(result.toPrecision(15))
}
