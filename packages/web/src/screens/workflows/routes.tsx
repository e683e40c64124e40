import { lazy } from 'react'
import { Navigate, type RouteObject } from 'react-router'
import { forms, surveys } from '../forms/routes.js'
import { lazily } from '../lazily.js'

const WorkflowCrumb = lazy(() => import('./workflow-crumb.js').then((made) => ({ default: made.WorkflowCrumb })))

/** Workflows, and the forms that begin them. */
export const automation: RouteObject = {
  path: 'automation',
  handle: { crumb: 'Automation' },
  lazy: lazily(() => import('./automation-frame.js'), 'AutomationFrame'),
  children: [
    { index: true, element: <Navigate to="workflows" replace /> },
    {
      path: 'workflows',
      handle: { crumb: 'Workflows' },
      children: [
        { index: true, lazy: lazily(() => import('./workflows.js'), 'Workflows') },
        {
          path: ':workflowId',
          handle: { crumb: <WorkflowCrumb /> },
          lazy: lazily(() => import('./workflow-page.js'), 'WorkflowPage'),
        },
      ],
    },
    forms,
    surveys,
  ],
}
