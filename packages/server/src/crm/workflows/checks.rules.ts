/** Adds to `problems` what is wrong with a value; `path` begins each sentence. */
export type Check = (value: unknown, path: string, problems: string[]) => void

export interface PartRules {
  readonly required: Readonly<Record<string, Check>>
  readonly optional: Readonly<Record<string, Check>>
  /** Of these one must be there. */
  readonly oneOf?: readonly string[]
  /** What single fields cannot say. */
  readonly whole?: (part: Readonly<Record<string, unknown>>, path: string) => readonly string[]
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const text =
  (most = 500, least = 1): Check =>
  (value, path, problems) => {
    if (typeof value !== 'string') problems.push(`${path} must be a string`)
    else if (least > 0 && value.trim() === '') problems.push(`${path} should not be empty`)
    else if (value.length > most) problems.push(`${path} must be shorter than or equal to ${most} characters`)
  }

export const number =
  (least: number, most: number): Check =>
  (value, path, problems) => {
    if (typeof value !== 'number' || !Number.isFinite(value))
      problems.push(`${path} must be a number conforming to the specified constraints`)
    else if (value < least) problems.push(`${path} must not be less than ${least}`)
    else if (value > most) problems.push(`${path} must not be greater than ${most}`)
  }

export const flag: Check = (value, path, problems) => {
  if (typeof value !== 'boolean') problems.push(`${path} must be a boolean value`)
}

export const choice =
  (values: readonly string[]): Check =>
  (value, path, problems) => {
    if (!values.includes(value as string)) problems.push(`${path} must be a valid enum value: ${values.join(', ')}`)
  }

export const listOf =
  (each: Check, least: number, most: number): Check =>
  (value, path, problems) => {
    if (!Array.isArray(value)) problems.push(`${path} must be an array`)
    else if (value.length < least)
      problems.push(`${path} ${least === 1 ? 'should not be empty' : `must contain at least ${least} elements`}`)
    else if (value.length > most) problems.push(`${path} must contain no more than ${most} elements`)
    else for (const [at, item] of value.entries()) each(item, `${path}.${at}`, problems)
  }

export const object: Check = (value, path, problems) => {
  if (!isObject(value)) problems.push(`${path} must be an object`)
}

/** `09:30`; `24:00` is the end of a day. */
export const clockTime: Check = (value, path, problems) => {
  if (typeof value !== 'string' || !/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(value))
    problems.push(`${path} must be a time such as 09:30`)
}

export const anything: Check = () => {}

export const address: Check = (value, path, problems) => {
  const isOne =
    typeof value === 'string' && value.length <= 2000 && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
  if (!isOne) problems.push(`${path} must be a URL address`)
}

export const instant: Check = (value, path, problems) => {
  const isOne = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value))
  if (!isOne) problems.push(`${path} must be a valid ISO 8601 date string`)
}

/** Fields of a trigger or an action by its rules; unknown ones last. */
export const checkPart = (part: Readonly<Record<string, unknown>>, rules: PartRules, path: string, problems: string[]): void => {
  const before = problems.length
  for (const [name, check] of Object.entries(rules.required)) {
    if (part[name] === undefined) problems.push(`${path}.${name} should not be empty`)
    else check(part[name], `${path}.${name}`, problems)
  }
  for (const [name, check] of Object.entries(rules.optional))
    if (part[name] !== undefined) check(part[name], `${path}.${name}`, problems)
  const possible = { ...rules.required, ...rules.optional }
  for (const name of Object.keys(part))
    if (!Object.hasOwn(possible, name))
      problems.push(`property ${path}.${name} should not exist: possible are ${Object.keys(possible).join(', ')}`)
  if (problems.length === before && rules.oneOf?.every((name) => part[name] === undefined))
    problems.push(`${path}.${rules.oneOf[0]} should not be empty`)
  if (problems.length === before && rules.whole) problems.push(...rules.whole(part, path))
}
