import { apiModule, DELETE, GET, t } from '@groundlevel/contract-kit'

const marketplace = apiModule({ name: 'marketplace', version: '2021-07-28', actors: ['location', 'agency'], reaches: 'none' })

const Whitelabel = t.Object({ domain: t.String(), logoUrl: t.String() })

const Installation = t.Object({
  companyId: t.String(),
  locationId: t.Optional(t.String()),
  companyName: t.String(),
  relationshipNumber: t.String(),
  companyEmail: t.Nullable(t.String()),
  companyOwnerFullName: t.Nullable(t.String()),
  userId: t.String(),
  isWhitelabelCompany: t.Boolean(),
  companyPlan: t.Nullable(t.String()),
  companyHighLevelPlan: t.Nullable(t.String()),
  marketplaceAppPlanId: t.Nullable(t.String()),
  whitelabelDetails: t.Optional(Whitelabel),
})

export const installations = marketplace.resource('installations', '/marketplace/app/:appId/installations', {
  get: GET('', {
    id: 'get-installer-details',
    summary: 'Who installed the app behind this token',
    scope: 'marketplace-installer-details.readonly',
    oauthOnly: true,
    reply: t.Object({ installationDetails: Installation }),
  }),
  remove: DELETE('', {
    id: 'uninstall-application',
    summary: 'Uninstall the app behind this token',
    scope: 'oauth.write',
    oauthOnly: true,
    body: t.Object({
      companyId: t.Optional(t.String()),
      locationId: t.Optional(t.String()),
      reason: t.Optional(t.String({ maxLength: 1000 })),
    }),
    reply: t.Object({ success: t.Boolean() }),
    emits: ['UNINSTALL'],
  }),
})
