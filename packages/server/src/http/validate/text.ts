/** PostgreSQL stores neither NUL nor half a surrogate pair: such text is refused before it becomes a failed statement. */
export const storable = (text: string) => text.isWellFormed() && !text.includes('\u0000')

/** Names of the fields whose text cannot be stored, to any depth. */
export const unstorable = (value: unknown, path = ''): string[] => {
  if (typeof value === 'string') return storable(value) ? [] : [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => {
    const here = path === '' ? name : `${path}.${name}`
    return storable(name) ? unstorable(each, here) : [path === '' ? 'a field name' : path]
  })
}

/** Objects inside objects; parsers and databases recurse, so there is an end. */
export const maxDepth = 40

export const isTooDeep = (value: unknown, depth = 0): boolean => {
  if (typeof value !== 'object' || value === null) return false
  if (depth >= maxDepth) return true
  return Object.values(value).some((each) => isTooDeep(each, depth + 1))
}
