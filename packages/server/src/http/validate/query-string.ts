/** `a=1&a=2`, `a[]=1`, `b[c]=1`: what axios, n8n and URLSearchParams send (wire-contract §3.4). A null prototype: names are the caller's. */
export const parseQueryString = (text: string): Record<string, unknown> => {
  const query: Record<string, unknown> = Object.create(null)
  if (text === '') return query
  for (const [key, value] of new URLSearchParams(text)) put(query, key, value)
  return query
}

const bracketed = /^([^[\]]+)\[([^[\]]*)\]$/

const put = (query: Record<string, unknown>, key: string, value: string) => {
  const match = bracketed.exec(key)
  if (!match) return append(query, key, value)
  const [, name = '', inner = ''] = match
  if (inner === '' || /^\d+$/.test(inner)) return append(query, name, value, true)
  const nested = query[name]
  if (typeof nested === 'object' && nested !== null && !Array.isArray(nested)) (nested as Record<string, unknown>)[inner] = value
  else query[name] = Object.assign(Object.create(null), { [inner]: value })
}

const append = (query: Record<string, unknown>, name: string, value: string, list = false) => {
  const before = query[name]
  if (Array.isArray(before)) before.push(value)
  else if (before !== undefined) query[name] = [before, value]
  else query[name] = list ? [value] : value
}
