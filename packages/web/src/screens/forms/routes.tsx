import type { RouteObject } from 'react-router'
import { lazily } from '../lazily.js'

/** Forms of a sub-account. */
export const forms: RouteObject = {
  path: 'forms',
  handle: { crumb: 'Forms' },
  children: [
    { index: true, lazy: lazily(() => import('./forms.js'), 'Forms') },
    { path: ':id', handle: { crumb: 'Form' }, lazy: lazily(() => import('./form-page.js'), 'FormPage') },
  ],
}

/** Surveys of a sub-account. */
export const surveys: RouteObject = {
  path: 'surveys',
  handle: { crumb: 'Surveys' },
  children: [
    { index: true, lazy: lazily(() => import('./forms.js'), 'Surveys') },
    { path: ':id', handle: { crumb: 'Survey' }, lazy: lazily(() => import('./form-page.js'), 'SurveyPage') },
  ],
}
