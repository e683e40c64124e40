import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Difference } from './compare.js'

/** A row of differences.tsv: what may differ, and why. `*` stands for any text. */
export interface Allowance {
  readonly operation: string
  readonly what: string
  readonly because: string
}

export interface Judged extends Difference {
  /** Undefined: nobody has given a reason. */
  readonly because: string | undefined
}

const file = fileURLToPath(new URL('differences.tsv', import.meta.url))

export const parseAllowances = (text: string): Allowance[] =>
  text
    .split('\n')
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [operation, what, because] = line.split('\t')
      if (!operation || !what || !because) throw new Error(`differences.tsv: not operation, what and because: ${line}`)
      return { operation, what, because }
    })

export const readAllowances = () => parseAllowances(readFileSync(file, 'utf8'))

const matches = (pattern: string, text: string) =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')}$`).test(text)

/** Additions need no reason: a program written for the documents never notices them. */
export const isAddition = ({ what }: Difference) => what.endsWith(' added')

/** Gives every difference the reason of the first row that names it; says which rows no difference asked for. */
export const judge = (differences: readonly Difference[], allowances: readonly Allowance[]) => {
  const used = new Set<Allowance>()
  const judged = differences.map((each): Judged => {
    const row = allowances.find(({ operation, what }) => matches(operation, each.operation) && matches(what, each.what))
    if (row) used.add(row)
    return { ...each, because: row?.because }
  })
  return { judged, unused: allowances.filter((row) => !used.has(row)) }
}
