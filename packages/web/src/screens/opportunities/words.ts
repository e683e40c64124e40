import type { Reply } from '@groundlevel/contract-kit'
import { currencyOfCountry, locations, opportunities } from '@groundlevel/contracts'
import { useParams } from 'react-router'
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

const formats = new Map<string, Intl.NumberFormat>()

const formatOf = (currency: string | undefined, isWhole: boolean): Intl.NumberFormat => {
  const key = `${currency} ${isWhole}`
  const digits = isWhole ? { maximumFractionDigits: 0 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 }
  const format = formats.get(key) ?? new Intl.NumberFormat('en', { ...digits, ...(currency && { style: 'currency', currency }) })
  formats.set(key, format)
  return format
}

/** A monetary value; without cents where there are none. */
export const moneyOf = (value: number | null | undefined, currency?: string): string =>
  formatOf(currency, Number.isInteger(value ?? 0)).format(value ?? 0)

/** The wire names no currency of opportunities: they count in that of the sub-account's country. */
export const useMoney = () => {
  const { data } = useAsk(locations.location.get, { locationId: useLocationId() })
  const currency = currencyOfCountry(data?.location.country)
  return (value: number | null | undefined) => moneyOf(value, currency)
}

/** The opportunity that the address names. */
export const useOpportunity = () => {
  const { opportunityId = '' } = useParams()
  return useAsk(opportunities.opportunity.get, { id: opportunityId })
}

export const usePipelines = (enabled = true) => {
  const locationId = useLocationId()
  return useAsk(opportunities.pipelines.list, { query: { locationId } }, { enabled })
}

export const useLostReasons = () => {
  const locationId = useLocationId()
  return useAsk(opportunities.lostReasons.list, { query: { locationId } })
}

/** The screens of opportunities lie below this address. */
export const useBase = () => `/portal/sub-account/${useLocationId()}/opportunities`
