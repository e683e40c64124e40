import { Failure } from './failure.js'

const wrong = (text: string) =>
  new Failure(
    `--map is ${JSON.stringify(text)}; use column=field,column=field, or a JSON object of texts where a column has a comma in its name.`,
    2,
  )

const ofJson = (text: string): Readonly<Record<string, unknown>> => {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>
  } catch {
    throw wrong(text)
  }
}

// Columns may have an equals sign in their name, fields never.
const pairOf = (text: string, pair: string): readonly [string, string] => {
  const at = pair.lastIndexOf('=')
  if (at < 1) throw wrong(text)
  return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
}

/**
 * Column to field as the server wants it, out of `{"Mail":"email"}` or `Mail=email,Notes=`; undefined where nothing is given.
 *
 * @throws Failure with exit code 2 when it is neither.
 */
export const mapIn = (text: string | undefined): string | undefined => {
  if (text === undefined) return undefined
  const mapping = text.trim().startsWith('{')
    ? ofJson(text)
    : Object.fromEntries(text.split(',').map((pair) => pairOf(text, pair)))
  if (!Object.values(mapping).every((field) => typeof field === 'string')) throw wrong(text)
  return JSON.stringify(mapping)
}
