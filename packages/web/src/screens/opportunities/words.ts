import type { Reply } from '@groundlevel/contract-kit'
import { opportunities } from '@groundlevel/contracts'
import { useAsk } from '../../api.js'
import { useLocationId } from '../contacts/words.js'

export type Opportunity = Reply<typeof opportunities.opportunity.get>['opportunity']
export type Hit = Reply<typeof opportunities.search.advanced>['opportunities'][number]
export type Pipeline = Reply<typeof opportunities.pipelines.list>['pipelines'][number]
export type Stage = Pipeline['stages'][number]
export type Status = 'open' | 'won' | 'lost' | 'abandoned'

export const statusNames: Readonly<Record<Status, string>> = { open: 'Open', won: 'Won', lost: 'Lost', abandoned: 'Abandoned' }

export const statusColours: Readonly<Record<Status, string>> = { open: 'blue', won: 'green', lost: 'red', abandoned: 'gray' }

export const isStatus = (text: string | null | undefined): text is Status => typeof text === 'string' && text in statusNames

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const broken = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** A monetary value; the wire names no currency. */
export const moneyOf = (value: number | null | undefined): string =>
  (Number.isInteger(value ?? 0) ? whole : broken).format(value ?? 0)

export const usePipelines = (enabled = true) => {
  const locationId = useLocationId()
  return useAsk(opportunities.pipelines.list, { query: { locationId } }, { enabled })
}

export const useLostReasons = () => {
  const locationId = useLocationId()
  return useAsk(opportunities.lostReasons.list, { query: { locationId } }).data?.lostReasons ?? []
}

/** The screens of opportunities lie below this address. */
export const useBase = () => `/portal/sub-account/${useLocationId()}/opportunities`
