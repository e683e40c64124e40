import { unprocessable } from '@groundlevel/contract-kit'
import { Liquid, type Template, Token } from 'liquidjs'

/** How much a text may be, and how much work it may make. */
const limits = { parseLimit: 2_000_000, renderLimit: 250, memoryLimit: 4_000_000 }
/** Each takes the parser a good part of a millisecond, in which nobody else is served. */
const mostFields = 1000

/** Tags that read other templates: there are none to read. */
const reading = ['include', 'render', 'layout', 'block', 'liquid'] as const

/**
 * Fields and decisions, nothing else: no file, no template beside this one, no property that the values do not have
 * themselves, and an end to time and memory.
 */
const sandbox = (escaping: boolean) => {
  const engine = new Liquid({
    ...limits,
    templates: {},
    ownPropertyOnly: true,
    strictVariables: false,
    strictFilters: false,
    ...(escaping ? { outputEscape: 'escape' as const } : {}),
    timezoneOffset: 0,
    locale: 'en-US',
  })
  for (const tag of reading) delete engine.tags[tag]
  return engine
}

const engines = { html: sandbox(true), text: sandbox(false) }

/** `html` escapes what is put in, `text` puts it in as it is. */
export type Kind = keyof typeof engines

const sentence = (error: unknown) => ((error as Error).message.split('\n')[0] ?? '').replace(/, file:.*?(?=, line|$)/, '')

const refuse = (field: string, error: unknown): never => {
  throw unprocessable([`${field} cannot be rendered: ${sentence(error)}`])
}

/** A parsed text; `field` names it in errors. */
export interface Parsed {
  readonly field: string
  readonly kind: Kind
  readonly template: Template[]
}

/** @throws WireError 422 that names the place of a mistake */
export const parse = (field: string, text: string, kind: Kind): Parsed => {
  const fields = text.match(/\{\{|\{%/g)?.length ?? 0
  if (fields > mostFields) throw unprocessable([`${field} must contain no more than ${mostFields} merge fields and tags`])
  try {
    return { field, kind, template: engines[kind].parse(text) }
  } catch (error) {
    return refuse(field, error)
  }
}

/** @throws WireError 422 where the text asks for too much */
export const renderParsed = async ({ field, kind, template }: Parsed, world: object): Promise<string> => {
  try {
    return String(await engines[kind].render(template, world))
  } catch (error) {
    return refuse(field, error)
  }
}

/** The library tells the place of each field by counting from the text's beginning: seconds, for what nobody asks here. */
const withoutPlaces = <T>(look: () => T): T => {
  const { getPosition } = Token.prototype
  Token.prototype.getPosition = () => [0, 0]
  try {
    return look()
  } finally {
    Token.prototype.getPosition = getPosition
  }
}

/** The merge fields that a text names, as their parts: `[['contact', 'first_name']]`. Computed parts end a path. */
export const fieldsIn = ({ kind, template }: Parsed): string[][] =>
  withoutPlaces(() => engines[kind].globalVariableSegmentsSync(template)).map((segments) => {
    const parts: string[] = []
    for (const segment of segments) {
      if (typeof segment !== 'string') break
      parts.push(segment)
    }
    return parts
  })
