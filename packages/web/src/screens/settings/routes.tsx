import { Navigate, type RouteObject } from 'react-router'
import { lazily } from '../lazily.js'

/** Settings of a sub-account. */
export const settings: RouteObject = {
  path: 'settings',
  handle: { crumb: 'Settings' },
  lazy: lazily(() => import('./settings-frame.js'), 'SettingsFrame'),
  children: [
    { index: true, element: <Navigate to="profile" replace /> },
    { path: 'profile', handle: { crumb: 'Business profile' }, lazy: lazily(() => import('./profile.js'), 'LocationProfile') },
    { path: 'users', handle: { crumb: 'Users' }, lazy: lazily(() => import('../users/users.js'), 'LocationUsers') },
    {
      path: 'custom-fields',
      handle: { crumb: 'Custom fields' },
      lazy: lazily(() => import('./custom-fields.js'), 'CustomFields'),
    },
    {
      path: 'custom-values',
      handle: { crumb: 'Custom values' },
      lazy: lazily(() => import('./custom-values.js'), 'CustomValues'),
    },
    {
      path: 'templates',
      handle: { crumb: 'Templates' },
      children: [
        { index: true, lazy: lazily(() => import('./templates.js'), 'Templates') },
        { path: ':templateId', lazy: lazily(() => import('./template-page.js'), 'TemplatePage') },
      ],
    },
    {
      path: 'emails',
      handle: { crumb: 'E-mail builder' },
      children: [
        { index: true, lazy: lazily(() => import('./email-templates.js'), 'EmailTemplates') },
        { path: ':templateId', lazy: lazily(() => import('./email-template-page.js'), 'EmailTemplatePage') },
      ],
    },
    { path: 'tags', handle: { crumb: 'Tags' }, lazy: lazily(() => import('./tags.js'), 'Tags') },
    {
      path: 'links',
      handle: { crumb: 'Trigger links' },
      children: [
        { index: true, lazy: lazily(() => import('./links.js'), 'TriggerLinks') },
        { path: ':linkId', lazy: lazily(() => import('./link-page.js'), 'LinkPage') },
      ],
    },
    { path: 'campaigns', handle: { crumb: 'Campaigns' }, lazy: lazily(() => import('./campaigns.js'), 'Campaigns') },
    { path: 'sending', handle: { crumb: 'Sending' }, lazy: lazily(() => import('./providers.js'), 'Providers') },
    { path: 'businesses', handle: { crumb: 'Businesses' }, lazy: lazily(() => import('./businesses.js'), 'Businesses') },
  ],
}
