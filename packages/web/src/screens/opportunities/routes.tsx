import { lazy } from 'react'
import type { RouteObject } from 'react-router'
import { lazily } from '../lazily.js'

const OpportunityCrumb = lazy(() => import('./opportunity-crumb.js').then((made) => ({ default: made.OpportunityCrumb })))

/** Deals of a sub-account. */
export const opportunities: RouteObject = {
  path: 'opportunities',
  handle: { crumb: 'Opportunities' },
  children: [
    { index: true, lazy: lazily(() => import('./opportunities.js'), 'Opportunities') },
    { path: 'pipelines', handle: { crumb: 'Pipelines' }, lazy: lazily(() => import('./pipelines.js'), 'Pipelines') },
    {
      path: ':opportunityId',
      handle: { crumb: <OpportunityCrumb /> },
      lazy: lazily(() => import('./opportunity-page.js'), 'OpportunityPage'),
    },
  ],
}
