import type { Input, Reply } from '@groundlevel/contract-kit'
import type { consent } from '@groundlevel/contracts'

export type Interaction = NonNullable<Reply<typeof consent.interactions.get>['interaction']>
export type Decision = Input<typeof consent.interactions.decide>['body']
export type LocationChoice = Reply<typeof consent.interactions.locations>['locations'][number]

/** What the person has chosen so far. */
export interface Chosen {
  readonly companyId: string | undefined
  /** Id and name, in the order of choosing. */
  readonly locations: readonly { readonly id: string; readonly name: string }[]
  readonly all: boolean
  readonly future: boolean
}

/** Whoever has one agency need not choose it. */
export const firstChoice = ({ companies }: Interaction): Chosen => ({
  companyId: companies.length === 1 ? companies[0]?.id : undefined,
  locations: [],
  all: false,
  future: false,
})

/** What is still missing before *Allow* can work, as a sentence; '' when nothing is. */
export const missingIn = (chosen: Chosen, { chooser }: Interaction): string => {
  if (chooser === 'company') return chosen.companyId ? '' : 'Choose an agency first.'
  if (chooser === 'bulk' && !chosen.companyId) return 'Choose an agency first.'
  if (chosen.all || chosen.locations.length > 0) return ''
  return chooser === 'bulk' ? 'Choose one or more sub-accounts first.' : 'Choose a sub-account first.'
}

const accountOf = (chosen: Chosen, { chooser }: Interaction): Partial<Decision> => {
  const locationIds = chosen.locations.map((location) => location.id)
  if (chooser === 'location') return { locationIds }
  const companyId = chosen.companyId ? { companyId: chosen.companyId } : {}
  if (chooser === 'company') return companyId
  return chosen.all ? { ...companyId, all: true, future: chosen.future } : { ...companyId, locationIds }
}

/** The body of the decision. A refusal names no account. */
export const decisionOf = (action: Decision['action'], chosen: Chosen, interaction: Interaction): Decision => ({
  csrf: interaction.csrf,
  action,
  ...(action === 'deny' ? {} : accountOf(chosen, interaction)),
})

/** `3 sub-accounts`, `all sub-accounts, future ones too`, or a name. */
export const inWords = (chosen: Chosen, interaction: Interaction): string => {
  const company = interaction.companies.find((candidate) => candidate.id === chosen.companyId)?.name ?? 'the agency'
  if (interaction.chooser === 'company') return company
  if (chosen.all) return `all sub-accounts of ${company}${chosen.future ? ', future ones too' : ''}`
  if (chosen.locations.length === 1) return chosen.locations[0]?.name ?? ''
  return `${chosen.locations.length} sub-accounts`
}
