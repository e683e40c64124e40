import type { Mark } from './canvas-parts.js'
import { type Definition, everywhere, waysOf } from './tree.js'

export interface StepRow {
  readonly number: number | null
  readonly actionId?: string | null
  readonly type: string | null
  readonly outcome: string | null
  readonly reason: string | null
  readonly at: string | null
}

export const outcomeWords: Readonly<Record<string, string>> = {
  done: 'Done',
  skipped: 'Left out',
  failed: 'Failed',
  waiting: 'Waits',
  branch: 'Chose a way',
  ended: 'Ended',
}

export const outcomeWord = (outcome: string | null): string => outcomeWords[outcome ?? ''] ?? outcome ?? ''

/** How the history says which branch an app has chosen. */
const answered = (told: string) => `answered with branch ${told}`

/** What is drawn on the canvas of a way through it: the steps that were done, and the ways that were taken. */
export const marksOf = (steps: readonly StepRow[], definition: Definition): ReadonlyMap<string, Mark> => {
  const marks = new Map<string, Mark>()
  const put = (id: string, outcome: string | null) =>
    marks.set(id, { outcome: outcome ?? '', word: outcomeWord(outcome), times: (marks.get(id)?.times ?? 0) + 1 })
  const parts = new Map(everywhere(definition).map(({ part }) => [String(part.id), part]))
  for (const { actionId, outcome, reason } of steps) {
    const part = parts.get(actionId ?? '')
    if (!actionId || !part) continue
    put(actionId, outcome)
    const way = waysOf(part).find(
      ({ told }) => reason === answered(told) || (outcome === 'branch' && reason?.startsWith(`${told}: `)),
    )
    if (way) put(`${actionId}.${way.key.join('.')}`, outcome)
  }
  return marks
}
