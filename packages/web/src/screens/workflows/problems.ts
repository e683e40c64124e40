import type { Problem } from '../../problem.js'
import { type Definition, everywhere } from './tree.js'

export interface PlacedProblems {
  /** Sentences of one part, by its id; the place is taken off. */
  readonly parts: ReadonlyMap<string, readonly string[]>
  /** Those that are about no single part. */
  readonly rest: readonly string[]
}

const step = String.raw`(?:then|else)\.\d+|(?:branches|paths)\.\d+\.actions\.\d+`
const place = new RegExp(String.raw`^(property )?((?:triggers|actions)\.\d+(?:\.(?:${step}))*)\.?(.*)$`, 's')
const lost = /no id "([^"]+)" that go_to/

/** Sorts what the server refuses by the trigger or the step that it is about: `actions.0.then.1.tags should not be empty`. */
export const placedProblems = (problem: Problem | undefined, definition: Definition): PlacedProblems => {
  const parts = new Map<string, string[]>()
  const rest: string[] = []
  const all = everywhere(definition)
  const ids = new Map(all.map(({ part, path }) => [path.join('.'), String(part.id)]))
  for (const message of problem?.messages ?? []) {
    const [, property = '', path = '', sentence = ''] = place.exec(message) ?? []
    const target = lost.exec(message)?.[1]
    const id = ids.get(path) ?? (target && String(all.find(({ part }) => part.actionId === target)?.part.id ?? ''))
    if (!id) rest.push(message)
    else
      parts.set(id, [...(parts.get(id) ?? []), target ? 'The step that it goes on at is gone' : `${property}${sentence.trim()}`])
  }
  return { parts, rest }
}

/** The first sentence about one of a part's fields. */
export const problemOfField = (sentences: readonly string[], ...names: readonly string[]): string | undefined => {
  const found = sentences.find((each) =>
    names.some((name) => each === name || each.startsWith(`${name} `) || each.startsWith(`${name}.`)),
  )
  if (!found) return undefined
  const rest = found.slice(found.indexOf(' ') + 1)
  return `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`
}
