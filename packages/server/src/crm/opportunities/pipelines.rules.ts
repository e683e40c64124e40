import { badRequest, unprocessable } from '@groundlevel/contract-kit'

export interface StageInput {
  readonly id?: string
  readonly name: string
  readonly position?: number
  readonly showInFunnel?: boolean
  readonly showInPieChart?: boolean
  readonly stageWinProbability?: number | null
}

export interface StoredStage {
  readonly id: string
  readonly name: string
  readonly position: number
  readonly showInFunnel: boolean
  readonly showInPieChart: boolean
  readonly stageWinProbability: number
}

/** Where nobody said how probable a stage is, its place does: of four stages 20, 40, 60 and 80 percent. */
const byPlace = (index: number, count: number) => Math.round(((index + 1) * 100) / (count + 1))

const demandUniqueNames = (stages: readonly StageInput[]) => {
  const names = stages.map(({ name }) => name.trim().toLowerCase())
  const twice = names.findIndex((name, at) => names.indexOf(name) !== at)
  if (twice >= 0) throw unprocessable([`stages.${twice}.name must be unique within the pipeline`])
  const ids = stages.flatMap(({ id }) => id ?? [])
  const again = ids.findIndex((id, at) => ids.indexOf(id) !== at)
  if (again >= 0) throw unprocessable([`stages.${again}.id must not be given twice`])
}

/**
 * Stages as they are to be stored, in the order of their positions and else as sent; what is not said stays as it was.
 *
 * @param manual whether the probabilities that were sent count; they do only where each stage has one
 * @throws WireError 400 for an id that is no stage of the pipeline, 422 for a name that is there twice
 */
export const stagesOf = (
  sent: readonly StageInput[],
  before: readonly StoredStage[],
  { manual, newStageId }: { manual: boolean; newStageId: () => string },
): StoredStage[] => {
  demandUniqueNames(sent)
  const known = new Map(before.map((stage) => [stage.id, stage]))
  const unknown = sent.find(({ id }) => id !== undefined && !known.has(id))
  if (unknown) throw badRequest('Stage not found')
  const sorted = sent
    .map((stage, at) => ({ stage, at }))
    .sort((a, b) => (a.stage.position ?? a.at) - (b.stage.position ?? b.at) || a.at - b.at)
  const said = manual && sent.every(({ stageWinProbability }) => typeof stageWinProbability === 'number')
  return sorted.map(({ stage }, index) => {
    const old = stage.id === undefined ? undefined : known.get(stage.id)
    return {
      id: stage.id ?? newStageId(),
      name: stage.name.trim() || stage.name,
      position: index,
      showInFunnel: stage.showInFunnel ?? old?.showInFunnel ?? true,
      showInPieChart: stage.showInPieChart ?? old?.showInPieChart ?? true,
      stageWinProbability: said ? (stage.stageWinProbability as number) : byPlace(index, sent.length),
    }
  })
}
