import { Json } from '@groundlevel/contract-kit'

const withTrace = (object: string, traceId: string) => {
  const trace = `"traceId":"${traceId}"}`
  return object === '{}' ? `{${trace}` : `${object.slice(0, -1)},${trace}`
}

const member = (name: string, value: unknown) => {
  const text = value instanceof Json ? value.text : JSON.stringify(value)
  return text === undefined ? undefined : `${JSON.stringify(name)}:${text}`
}

/** JSON of a reply: text made by the database goes in as it is; objects get `traceId`, arrays do not (live facts). */
export const encode = (result: unknown, traceId: string): string => {
  if (result instanceof Json) return result.text.startsWith('{') ? withTrace(result.text, traceId) : result.text
  if (Array.isArray(result)) return JSON.stringify(result)
  const members = Object.entries((result ?? {}) as Record<string, unknown>).flatMap(([name, value]) => member(name, value) ?? [])
  return withTrace(`{${members.join(',')}}`, traceId)
}
