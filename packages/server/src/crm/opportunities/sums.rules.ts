/** What the opportunities of one stage with one status come to. */
export interface Sum {
  readonly pipelineId: string
  readonly pipelineStageId: string
  readonly status: string
  readonly count: number
  readonly value: number
  /** Value times probability of those that have one of their own. */
  readonly forecast: number
  /** Value of those that have none, and so take their stage's. */
  readonly rest: number
}

const none = { totalCount: 0, totalValue: 0, weightedValue: 0, openValue: 0, openWeightedValue: 0, wonValue: 0 }
type Sums = typeof none

/** Halves of a cent come from adding, not from anybody's opportunity. */
const tidy = (value: number) => Math.round(value * 1e6) / 1e6

const sumsOf = ({ status, count, value, forecast, rest }: Sum, probability: number): Sums => {
  const open = status === 'open' ? (forecast + rest * probability) / 100 : 0
  const won = status === 'won' ? value : 0
  return {
    totalCount: count,
    totalValue: value,
    weightedValue: open + won,
    openValue: status === 'open' ? value : 0,
    openWeightedValue: open,
    wonValue: won,
  }
}

const plus = (a: Sums, b: Sums): Sums => ({
  totalCount: a.totalCount + b.totalCount,
  totalValue: tidy(a.totalValue + b.totalValue),
  weightedValue: tidy(a.weightedValue + b.weightedValue),
  openValue: tidy(a.openValue + b.openValue),
  openWeightedValue: tidy(a.openWeightedValue + b.openWeightedValue),
  wonValue: tidy(a.wonValue + b.wonValue),
})

/** All of it, and each stage for itself. What is won counts whole, what is lost or abandoned not at all. */
export const aggregated = (sums: readonly Sum[], probabilities: ReadonlyMap<string, number>) => {
  const stages = new Map<string, Sums & { readonly pipelineId: string; readonly pipelineStageId: string }>()
  let all = none
  for (const sum of sums) {
    const { pipelineId, pipelineStageId } = sum
    const part = sumsOf(sum, probabilities.get(pipelineStageId) ?? 0)
    all = plus(all, part)
    stages.set(pipelineStageId, { pipelineId, pipelineStageId, ...plus(stages.get(pipelineStageId) ?? none, part) })
  }
  return { ...all, stages: [...stages.values()] }
}
