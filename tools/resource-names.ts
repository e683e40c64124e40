/** Every spelling of one resource that its files need. */
export interface Names {
  /** Module, as a folder: `contacts`. */
  readonly module: string
  /** Resource, as a file and in the wire's paths: `tasks`. */
  readonly resource: string
  /** One of them, as a variable: `task`. */
  readonly one: string
  /** One of them, as a shape: `Task`. */
  readonly Shape: string
  /** Its table: `contactTasks`. */
  readonly table: string
}

const upper = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const camel = (words: string) => words.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
const singular = (word: string) =>
  word
    .replace(/ies$/, 'y')
    .replace(/(ss|s|x|ch)es$/, '$1')
    .replace(/([^s])s$/, '$1')

/**
 * Names out of what was typed: `contacts tasks`, or `contacts statuses status` where the singular is not the usual one.
 *
 * @throws Error when a word is no lower-case word with dashes.
 */
export const namesOf = (module: string | undefined, resource: string | undefined, one = singular(resource ?? '')): Names => {
  for (const word of [module, resource, one]) {
    if (!word || !/^[a-z]+(-[a-z]+)*$/.test(word)) {
      throw new Error('Say module and resource in lower case, for example: npm run new-resource -- contacts tasks')
    }
  }
  const name = camel(one)
  const table = `${camel(singular(module as string))}${upper(camel(resource as string))}`
  return { module: module as string, resource: resource as string, one: name, Shape: upper(name), table }
}
