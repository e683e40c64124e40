import type { RouteObject } from 'react-router'
import { lazily } from '../lazily.js'

/** Forms of a sub-account. */
export const forms: RouteObject = {
  path: 'forms',
  handle: { crumb: 'Forms' },
  children: [
    { index: true, lazy: lazily(() => import('./forms.js'), 'Forms') },
    { path: ':formId', handle: { crumb: 'Form' }, lazy: lazily(() => import('./form-page.js'), 'FormPage') },
  ],
}
