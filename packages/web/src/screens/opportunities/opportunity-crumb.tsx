import { useOpportunity } from './words.js'

/** The name of the opportunity that the address names. */
export const OpportunityCrumb = () => <>{useOpportunity().data?.opportunity.name || 'Opportunity'}</>
