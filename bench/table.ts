import type { Result } from './measure.js'

/** How long a start took, in milliseconds: with an empty data folder, and with one that is there. */
export interface Starts {
  readonly firstMs: number
  readonly laterMs: number
}

const us = 'Groundlevel'
const barePg = 'node:http + pg'

const rate = (value: number) => Math.round(value).toLocaleString('en').replaceAll(',', ' ')
const times = (value: number) => `${value.toFixed(value < 10 ? 2 : 1)} ×`

const find = (results: readonly Result[], scenario: string, program: string) =>
  results.find((each) => each.scenario === scenario && each.program === program)

const ratio = (results: readonly Result[], scenario: string, program: string) => {
  const [ours, theirs] = [find(results, scenario, us), find(results, scenario, program)]
  return ours && theirs ? ours.perSecond / theirs.perSecond : undefined
}

const row = (results: readonly Result[], { scenario, program, perSecond, cpuMicros }: Result) => {
  const against = program === us ? undefined : ratio(results, scenario, program)
  const cells = [
    scenario,
    program,
    rate(perSecond),
    cpuMicros === undefined ? '–' : `${Math.round(cpuMicros)} µs`,
    against ? times(against) : '',
  ]
  return `| ${cells.join(' | ')} |`
}

const goal = (text: string, value: number | undefined, shown: string, holds: boolean) =>
  `| ${text} | ${value === undefined ? 'not measured' : shown} | ${value === undefined ? '' : holds ? 'yes' : 'no'} |`

const atLeast = (text: string, value: number | undefined, bound: number, show: (value: number) => string) =>
  goal(text, value, show(value ?? 0), (value ?? 0) >= bound)

const atMost = (text: string, value: number | undefined, bound: number, show: (value: number) => string) =>
  goal(text, value, show(value ?? 0), (value ?? 0) <= bound)

/** What was measured, as Markdown. */
export const report = (results: readonly Result[], starts: Starts, machine: string) =>
  [
    machine,
    '',
    '| work | program | a second | Node a request | we do, against it |',
    '|---|---|---:|---:|---:|',
    ...results.map((each) => row(results, each)),
    '',
    '| goal | measured | reached |',
    '|---|---:|---|',
    atLeast('get ≥ 1.0 × node:http + pg', ratio(results, 'get a contact', barePg), 1, times),
    atLeast('get in turn ≥ 1.0 × node:http + pg', ratio(results, 'get contacts in turn', barePg), 1, times),
    atLeast('get ≥ 12 × Prism', ratio(results, 'get a contact', 'Prism'), 12, times),
    atLeast('list ≥ 1.3 × node:http + pg', ratio(results, 'list 20 contacts', barePg), 1.3, times),
    atMost('list ≤ 250 µs of Node', find(results, 'list 20 contacts', us)?.cpuMicros, 250, (value) => `${Math.round(value)} µs`),
    atLeast('refresh ≥ 1 000 a second', find(results, 'refresh a token', us)?.perSecond, 1000, rate),
    atMost('first start ≤ 4 s', starts.firstMs, 4000, (value) => `${(value / 1000).toFixed(2)} s`),
    atMost('later start ≤ 1.5 s', starts.laterMs, 1500, (value) => `${(value / 1000).toFixed(2)} s`),
  ].join('\n')
