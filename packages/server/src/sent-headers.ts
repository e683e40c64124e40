/** Those that carry the request itself are not the author's to set. */
const ownHeaders =
  /^(host|content-length|content-type|transfer-encoding|connection|upgrade|expect|te|trailer|keep-alive|proxy-.*)$/i

/** What is wrong with headers that somebody has us send to an address of theirs. @param path where they stand in what was sent */
export const headerFaults = (headers: object, path: string): string[] =>
  Object.entries(headers).flatMap(([name, value]) => {
    if (!/^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name) || ownHeaders.test(name))
      return [`${path}.${name} is no header that can be set`]
    return typeof value === 'string' && /^[\t\x20-\x7e]{0,2000}$/.test(value) ? [] : [`${path}.${name} must be a string`]
  })
