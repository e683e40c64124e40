import type pg from 'pg'
import { backendsOf, spentBy, spentSince } from './cost.js'

/** What calls took: milliseconds by the clock, and the processor time of one in each of the two programs. */
export interface Taken {
  readonly p50: number
  readonly p95: number
  readonly nodeMs: number
  readonly databaseMs: number
}

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

const warmUpCalls = 5

const ask = async (call: () => Promise<Response>) => {
  const reply = await call()
  const text = await reply.text()
  if (!reply.ok) throw new Error(`${reply.url} answered ${reply.status}: ${text.slice(0, 300)}`)
  return text
}

/** Makes calls one after the other: what a person waits for, not what the machine can bear. */
export const timeCalls = async (client: pg.Client, serverPid: number, call: () => Promise<Response>, times: number) => {
  for (let turn = 0; turn < warmUpCalls; turn++) await ask(call)
  const [nodeBefore, databaseBefore] = [spentBy([serverPid]), spentBy(await backendsOf(client))]
  const taken: number[] = []
  let text = ''
  for (let turn = 0; turn < times; turn++) {
    const began = performance.now()
    text = await ask(call)
    taken.push(performance.now() - began)
  }
  const nodeMs = spentSince(nodeBefore, spentBy([serverPid])) / 1000 / times
  const databaseMs = spentSince(databaseBefore, spentBy(await backendsOf(client))) / 1000 / times
  const sorted = taken.toSorted((a, b) => a - b)
  return { p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95), nodeMs, databaseMs, text }
}
