import { cpus, loadavg } from 'node:os'
import type { Taken } from './calls.js'
import type { Imported } from './import.js'

/** What was measured at one size. */
export interface Stage {
  readonly name: string
  readonly point: Taken
  readonly first: Taken
  readonly filters: ReadonlyMap<string, Taken>
  readonly texts: ReadonlyMap<string, Taken>
  readonly imported: Imported
  readonly residentMb: number
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const grouped = (value: number) => Math.round(value).toLocaleString('en').replaceAll(',', ' ')
const times = (value: number) => `${value.toFixed(2)} ×`
const named = ({ p50, p95, databaseMs }: Taken) => `${p50.toFixed(1)} / ${p95.toFixed(1)} (${databaseMs.toFixed(1)})`

const most = (taken: ReadonlyMap<string, Taken>, of: (each: Taken) => number) => Math.max(...[...taken.values()].map(of))

const goal = (text: string, measured: string, holds: boolean) => row([text, measured, holds ? 'yes' : 'no'])

/** Against the smallest size: of the clock, and of the processor time, which other work on the machine cannot change. */
const against = (text: string, bound: number, [base, last]: readonly [Taken, Taken]) => {
  const [clock, processor] = [last.p50 / base.p50, (last.nodeMs + last.databaseMs) / (base.nodeMs + base.databaseMs)]
  return goal(`${text} ≤ ${bound} ×`, `${times(clock)} (${times(processor)})`, clock <= bound)
}

const goals = (done: readonly Stage[]) => {
  const [base, last] = [done[0], done.at(-1)] as [Stage, Stage]
  const slow = (kind: 'filters' | 'texts') => most(last[kind], ({ p95 }) => p95)
  const spent = (kind: 'filters' | 'texts') => most(last[kind], ({ databaseMs }) => databaseMs)
  const { perSecond, nodeMicros, databaseMicros } = last.imported
  const memory = last.residentMb / base.residentMb
  return [
    row(['goal, at the largest size', 'by the clock (by processor time)', 'reached']),
    row(['---', '---:', '---']),
    against('point read', 1.3, [base.point, last.point]),
    against('first page', 1.5, [base.first, last.first]),
    goal(
      'slowest of twelve filter queries, p95 < 50 ms',
      `${slow('filters').toFixed(0)} ms (${spent('filters').toFixed(0)} ms)`,
      slow('filters') < 50,
    ),
    goal('slowest text, p95 < 100 ms', `${slow('texts').toFixed(0)} ms (${spent('texts').toFixed(0)} ms)`, slow('texts') < 100),
    goal(
      'import ≥ 5 000 rows a second',
      `${grouped(perSecond)} (${grouped(1e6 / Math.max(nodeMicros, databaseMicros))})`,
      perSecond >= 5000,
    ),
    goal('memory flat', times(memory), memory < 1.2),
    goal('totals: from the counter, and exact to 10 000', 'each compared with a count', true),
  ]
}

/** Everything as Markdown. */
export const report = (done: readonly Stage[], calls: number): string => {
  const [base] = done as [Stage, ...Stage[]]
  const rows = (kind: 'filters' | 'texts', title: string) =>
    [...base[kind].keys()].map((name) =>
      row([`${title}${name}`, ...done.map((each) => named(each[kind].get(name) ?? base.point))]),
    )
  const imports = (text: string, of: (each: Imported) => number) => row([text, ...done.map((each) => grouped(of(each.imported)))])
  return [
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}, load of the machine ${loadavg()[1]?.toFixed(1)}; ${calls} calls of each search, one after the other, over HTTP with token, checks and log.`,
    'Milliseconds: p50 / p95 by the clock, in brackets the database’s processor time of one call.',
    '',
    row(['contacts', ...done.map(({ name }) => name)]),
    row(['---', ...done.map(() => '---:')]),
    row(['one contact by id', ...done.map(({ point }) => named(point))]),
    row(['first page of the list, with its total', ...done.map(({ first }) => named(first))]),
    ...rows('filters', 'filter: '),
    ...rows('texts', 'text: '),
    imports('import, rows a second', ({ perSecond }) => perSecond),
    imports('import, µs of Node a row', ({ nodeMicros }) => nodeMicros),
    imports('import, µs of the database a row', ({ databaseMicros }) => databaseMicros),
    row(['memory of the server, MB', ...done.map(({ residentMb }) => grouped(residentMb))]),
    imports('the same during the import', ({ residentMb }) => residentMb),
    '',
    ...goals(done),
  ].join('\n')
}
