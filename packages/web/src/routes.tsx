import { lazy } from 'react'
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router'
import { calendars } from './screens/calendars/routes.js'
import { conversations } from './screens/conversations/routes.js'
import { lazily } from './screens/lazily.js'
import { Broken, Missing } from './screens/missing.js'
import { opportunities } from './screens/opportunities/routes.js'
import { payments } from './screens/payments/routes.js'
import { settings } from './screens/settings/routes.js'
import { sharedLink, snapshots } from './screens/snapshots/routes.js'
import { automation } from './screens/workflows/routes.js'

const AppCrumb = lazy(() => import('./screens/developer/app-crumb.js').then((made) => ({ default: made.AppCrumb })))
const ContactCrumb = lazy(() => import('./screens/contacts/contact-crumb.js').then((made) => ({ default: made.ContactCrumb })))

const appTabs: RouteObject[] = [
  { index: true, element: <Navigate to="overview" replace /> },
  { path: 'overview', lazy: lazily(() => import('./screens/developer/app-overview.js'), 'AppOverview') },
  {
    path: 'profile',
    handle: { crumb: 'Profile' },
    lazy: lazily(() => import('./screens/developer/app-profile.js'), 'AppProfile'),
  },
  { path: 'scopes', handle: { crumb: 'Scopes' }, lazy: lazily(() => import('./screens/developer/app-scopes.js'), 'AppScopes') },
  { path: 'keys', handle: { crumb: 'Keys' }, lazy: lazily(() => import('./screens/developer/app-keys.js'), 'AppKeys') },
  {
    path: 'redirects',
    handle: { crumb: 'Redirect URLs' },
    lazy: lazily(() => import('./screens/developer/app-redirects.js'), 'AppRedirects'),
  },
  {
    path: 'webhooks',
    handle: { crumb: 'Webhooks' },
    lazy: lazily(() => import('./screens/developer/app-webhooks.js'), 'AppWebhooks'),
  },
  {
    path: 'conversation-providers',
    handle: { crumb: 'Conversation providers' },
    lazy: lazily(() => import('./screens/developer/app-providers.js'), 'AppProviders'),
  },
  {
    path: 'workflows',
    handle: { crumb: 'Workflows' },
    lazy: lazily(() => import('./screens/developer/app-workflows.js'), 'AppWorkflows'),
  },
  {
    path: 'snapshot',
    handle: { crumb: 'Snapshot' },
    lazy: lazily(() => import('./screens/developer/app-snapshot.js'), 'AppSnapshot'),
  },
  {
    path: 'installs',
    handle: { crumb: 'Installs' },
    lazy: lazily(() => import('./screens/developer/app-installs.js'), 'AppInstalls'),
  },
]

const developer: RouteObject = {
  path: 'developer',
  children: [
    { index: true, element: <Navigate to="apps" replace /> },
    {
      path: 'apps',
      handle: { crumb: 'My Apps' },
      children: [
        { index: true, lazy: lazily(() => import('./screens/developer/my-apps.js'), 'MyApps') },
        {
          path: 'new',
          handle: { crumb: 'Create App' },
          lazy: lazily(() => import('./screens/developer/create-app.js'), 'CreateApp'),
        },
        {
          path: ':appId',
          handle: { crumb: <AppCrumb /> },
          lazy: lazily(() => import('./screens/developer/app-frame.js'), 'AppFrame'),
          children: appTabs,
        },
      ],
    },
    { path: 'timeline', handle: { crumb: 'Timeline' }, lazy: lazily(() => import('./screens/logs/timeline.js'), 'Timeline') },
  ],
}

const agency: RouteObject = {
  path: 'agency/:companyId',
  children: [
    { index: true, element: <Navigate to="sub-accounts" replace /> },
    {
      path: 'sub-accounts',
      handle: { crumb: 'Sub-accounts' },
      lazy: lazily(() => import('./screens/agency/sub-accounts.js'), 'SubAccounts'),
    },
    { path: 'users', handle: { crumb: 'Users' }, lazy: lazily(() => import('./screens/users/users.js'), 'AgencyUsers') },
    {
      path: 'company',
      handle: { crumb: 'Company profile' },
      lazy: lazily(() => import('./screens/agency/company.js'), 'CompanyProfile'),
    },
    {
      path: 'installed',
      handle: { crumb: 'Installed apps' },
      lazy: lazily(() => import('./screens/agency/installed.js'), 'AgencyInstalled'),
    },
    snapshots,
  ],
}

const contacts: RouteObject = {
  path: 'contacts',
  handle: { crumb: 'Contacts' },
  children: [
    { index: true, lazy: lazily(() => import('./screens/contacts/contacts.js'), 'Contacts') },
    {
      path: 'import',
      handle: { crumb: 'Import' },
      lazy: lazily(() => import('./screens/contacts/import-contacts.js'), 'ImportContacts'),
    },
    {
      path: ':contactId',
      handle: { crumb: <ContactCrumb /> },
      lazy: lazily(() => import('./screens/contacts/contact-page.js'), 'ContactPage'),
    },
  ],
}

const location: RouteObject = {
  path: 'sub-account/:locationId',
  children: [
    { index: true, element: <Navigate to="home" replace /> },
    { path: 'home', handle: { crumb: 'Home' }, lazy: lazily(() => import('./screens/sub-account/home.js'), 'LocationHome') },
    contacts,
    conversations,
    opportunities,
    calendars,
    payments,
    automation,
    {
      path: 'installed',
      handle: { crumb: 'Installed apps' },
      lazy: lazily(() => import('./screens/agency/installed.js'), 'LocationInstalled'),
    },
    settings,
  ],
}

const store: RouteObject = {
  path: 'store',
  handle: { crumb: 'Store' },
  children: [
    { index: true, lazy: lazily(() => import('./screens/marketplace/store.js'), 'Store') },
    { path: ':appId', lazy: lazily(() => import('./screens/marketplace/app-page.js'), 'AppPage') },
  ],
}

const docs: RouteObject = {
  path: 'docs',
  children: [
    {
      path: 'webhook-keys',
      handle: { crumb: 'Webhook keys' },
      lazy: lazily(() => import('./screens/docs/webhook-keys.js'), 'WebhookKeys'),
    },
    { path: 'scopes', handle: { crumb: 'Scopes' }, lazy: lazily(() => import('./screens/docs/scopes.js'), 'Scopes') },
  ],
}

/** For pages that stand alone: nothing is drawn while their script is on its way. */
const alone = { errorElement: <Broken />, hydrateFallbackElement: <></> }

const consent = { ...alone, lazy: lazily(() => import('./screens/consent/consent.js'), 'Consent') }

/** Addresses of the portal, and of the consent page that lies outside it. */
export const openRouter = () =>
  createBrowserRouter([
    { path: '/', element: <Navigate to="/portal" replace /> },
    { path: '/portal/sign-in', ...alone, lazy: lazily(() => import('./screens/account/sign-in.js'), 'SignIn') },
    { path: '/portal/sign-up', ...alone, lazy: lazily(() => import('./screens/account/sign-up.js'), 'SignUp') },
    { path: '/portal/first-run', ...alone, lazy: lazily(() => import('./screens/account/first-run.js'), 'FirstRun') },
    { path: '/oauth/chooselocation', ...consent },
    { path: '/v2/oauth/chooselocation', ...consent },
    {
      path: '/portal',
      lazy: lazily(() => import('./frame/frame.js'), 'Frame'),
      ...alone,
      children: [
        {
          errorElement: <Broken inside />,
          hydrateFallbackElement: <></>,
          children: [
            { index: true, lazy: lazily(() => import('./frame/home.js'), 'Home') },
            developer,
            agency,
            location,
            store,
            docs,
            sharedLink,
            { path: '*', element: <Missing inside /> },
          ],
        },
      ],
    },
    { path: '*', element: <Missing /> },
  ])
