import { opportunities } from '@groundlevel/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, useAsk } from '../../api.js'
import { type Pages, usePages } from '../../parts/list/pages.js'
import { asProblem, type Problem } from '../../problem.js'
import type { Hit } from './words.js'

/** What a board is narrowed to, and how each column is sorted. */
export interface BoardQuestion {
  readonly locationId: string
  readonly pipelineId: string
  readonly query: string
  readonly status: string
  readonly assignedTo: string
  readonly sort: { readonly field: string; readonly direction: 'asc' | 'desc' }
}

const columnSize = 25

const is = (field: string, value: string) => (value ? [{ field, operator: 'eq', value }] : [])

const bodyOf = ({ locationId, pipelineId, query, status, assignedTo, sort }: BoardQuestion, stageId: string, limit: number) =>
  ({
    locationId,
    limit,
    ...(query ? { query } : {}),
    filters: [
      ...is('pipeline_id', pipelineId),
      ...is('pipeline_stage_id', stageId),
      ...is('status', status === 'all' ? '' : status),
      ...is('assigned_to', assignedTo),
    ],
    sort: [sort],
  }) as never

/** Count and sum of each stage, of all that matches. */
export const useSums = (question: BoardQuestion) =>
  useAsk(opportunities.search.advanced, { body: bodyOf(question, '', 1) }, { keep: true })

/** The opportunities of one stage, page by page. */
export const useColumn = (question: BoardQuestion, stageId: string): Pages<Hit> =>
  usePages<Hit, readonly unknown[]>([opportunities.search.advanced.key, 'column', question, stageId], async (after, signal) => {
    const body = { ...(bodyOf(question, stageId, columnSize) as object), ...(after ? { searchAfter: [...after] } : {}) }
    const reply = await call(opportunities.search.advanced, { body: body as never }, signal)
    const last = reply.opportunities.at(-1)?.sort
    return {
      rows: reply.opportunities,
      total: reply.total,
      next: reply.opportunities.length === columnSize && last ? last : undefined,
    }
  })

/** A card on its way to another stage: shown there before the server has said yes. */
export interface Moving {
  readonly row: Hit
  readonly to: string
}

/** Cards that are on their way, and the act of sending one. */
export const useMoves = () => {
  const cache = useQueryClient()
  const [moving, setMoving] = useState<readonly Moving[]>([])
  const [problem, setProblem] = useState<Problem>()
  const move = async (row: Hit, pipelineId: string, to: string) => {
    const one = { row, to }
    setProblem(undefined)
    setMoving((before) => [...before.filter(({ row: { id } }) => id !== row.id), one])
    try {
      await call(opportunities.opportunity.update, { id: row.id ?? '', body: { pipelineId, pipelineStageId: to } })
      await cache.invalidateQueries()
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setMoving((before) => before.filter((each) => each !== one))
    }
  }
  return { moving, move, problem }
}

/** The rows of a column as they look while some cards are on their way. */
export const shownIn = (stageId: string, rows: readonly Hit[], moving: readonly Moving[]): readonly Hit[] => {
  const away = new Set(moving.map(({ row }) => row.id))
  const arriving = moving.filter(({ to }) => to === stageId).map(({ row, to }) => ({ ...row, pipelineStageId: to }))
  return [...arriving, ...rows.filter(({ id }) => !away.has(id))]
}

interface Sums {
  readonly totalCount: number
  readonly totalValue: number
}

/** Count and sum of a stage, with the cards that are on their way counted where they go. */
export const sumsIn = (stageId: string, known: Sums | undefined, moving: readonly Moving[]): Sums => {
  let { totalCount, totalValue } = known ?? { totalCount: 0, totalValue: 0 }
  for (const { row, to } of moving) {
    const by = Number(to === stageId) - Number(row.pipelineStageId === stageId)
    totalCount += by
    totalValue += by * (row.monetaryValue ?? 0)
  }
  return { totalCount, totalValue }
}
