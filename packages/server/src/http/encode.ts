import { Json } from '@groundlevel/contract-kit'

/** A reply as text; and as bytes where it holds much that other replies hold too. */
export interface Encoded {
  readonly text: string
  readonly bytes?: Buffer
  /** Its beginning, where the text is still in parts: to look at the text would put them together. */
  readonly start?: string
}

/** From here on text is turned into bytes once for all replies that share it: that costs more than the rest of sending it. */
const large = 4096
/** Longer than what the request log keeps. */
const startLength = large + 1
const bytesOfJson = new WeakMap<Json<unknown>, Buffer>()

const bytesOf = (json: Json<unknown>): Buffer => {
  const known = bytesOfJson.get(json)
  if (known) return known
  const made = Buffer.from(json.text)
  bytesOfJson.set(json, made)
  return made
}

const traced = (object: string, traceId: string) => {
  const trace = `"traceId":"${traceId}"}`
  return object === '{}' ? `{${trace}` : `${object.slice(0, -1)},${trace}`
}

const around = (before: string, json: Json<unknown>, after: string): Encoded => ({
  text: `${before}${json.text}${after}`,
  bytes: Buffer.concat([Buffer.from(before), bytesOf(json), Buffer.from(after)]),
  start: before + json.text.slice(0, startLength),
})

const textOf = (value: unknown): string | undefined => (value instanceof Json ? value.text : JSON.stringify(value))

const encodeMembers = (members: readonly [string, unknown][], traceId: string): Encoded => {
  let before = ''
  let after = '{'
  let shared: Json<unknown> | undefined
  for (const [name, value] of members) {
    const text = textOf(value)
    if (text === undefined) continue
    const start = `${after === '{' ? '' : ','}${JSON.stringify(name)}:`
    if (shared === undefined && value instanceof Json && text.length >= large) {
      before = after + start
      after = ''
      shared = value
    } else after += start + text
  }
  if (shared === undefined) return { text: traced(`${after}}`, traceId) }
  return around(before, shared, `${after},"traceId":"${traceId}"}`)
}

/** JSON of a reply: text made by the database goes in as it is; objects get `traceId`, arrays do not (live facts). */
export const encode = (result: unknown, traceId: string): Encoded => {
  if (result instanceof Json) return { text: result.text.startsWith('{') ? traced(result.text, traceId) : result.text }
  if (Array.isArray(result)) return { text: JSON.stringify(result) }
  return encodeMembers(Object.entries((result ?? {}) as Record<string, unknown>), traceId)
}
