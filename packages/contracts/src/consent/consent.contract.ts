import { apiModule, GET, POST, t } from '@groundlevel/contract-kit'
import { BroughtSnapshot } from '../apps/brought.shapes.js'

const consent = apiModule({
  name: 'consent',
  auth: 'none',
  because: 'bound to the browser that began it; sign-in may come in between',
})

const Choice = t.Object({
  id: t.String(),
  name: t.String(),
  /** City or e-mail, to tell two of one name apart. */
  detail: t.String(),
  installed: t.Boolean(),
})

const CompanyChoice = t.Object({
  id: t.String(),
  name: t.String(),
  /** Whether this person may decide for the whole agency. */
  whole: t.Boolean(),
  locationCount: t.Integer(),
})

const ScopeText = t.Object({ name: t.String(), group: t.String(), text: t.String(), sensitive: t.Boolean() })

/** Everything the consent page shows; what the decision does comes from the server's row, never from the page. */
export const Interaction = t.Object({
  id: t.String(),
  /** Goes back with the decision; works once, in this browser, for this account. */
  csrf: t.String(),
  app: t.Object({
    id: t.String(),
    name: t.String(),
    logo: t.String(),
    tagline: t.String(),
    developerName: t.String(),
    appType: t.Enum(['public', 'private']),
    targetUser: t.Enum(['company', 'location']),
    listingType: t.Enum(['standard', 'white-label']),
    bulkInstall: t.Boolean(),
  }),
  /** Where the browser goes on *Allow*, in full, and its host for the bold line. */
  redirectUri: t.String(),
  redirectHost: t.String(),
  scopes: t.Array(ScopeText),
  /** `company`: one agency; `location`: one sub-account; `bulk`: one, several, or all and future ones of an agency. */
  chooser: t.Enum(['company', 'location', 'bulk']),
  /** What allowing it puts into a sub-account, or among the snapshots of an agency. */
  snapshot: t.Nullable(BroughtSnapshot),
  companies: t.Array(CompanyChoice),
  /** Why this person cannot go on, in one sentence; '' when they can. */
  refusal: t.String(),
})

export const interactions = consent.resource('interactions', '/_ground/consent', {
  get: GET('/:interactionId', {
    id: 'consent-get',
    summary: 'What is asked, and of whom; `interaction` is null until somebody is signed in',
    reply: t.Object({
      interaction: t.Nullable(Interaction),
      appName: t.String(),
      account: t.Nullable(t.Object({ name: t.String(), email: t.String() })),
    }),
  }),
  locations: GET('/:interactionId/locations', {
    id: 'consent-locations',
    summary: 'Sub-accounts to choose from',
    query: t.Object({ companyId: t.Optional(t.String()), query: t.Optional(t.String({ maxLength: 75 })) }),
    reply: t.Object({ locations: t.Array(Choice), total: t.Integer() }),
  }),
  decide: POST('/:interactionId/decision', {
    id: 'consent-decide',
    summary: 'Allow, allow and show the code, or deny',
    body: t.Object({
      csrf: t.String(),
      action: t.Enum(['allow', 'show', 'deny']),
      /** Names the agency of a bulk or agency install; without it one sub-account is that sub-account's own install. */
      companyId: t.Optional(t.String()),
      locationIds: t.Default(t.Array(t.String(), { maxItems: 1000 }), []),
      all: t.Default(t.Boolean(), false),
      future: t.Default(t.Boolean(), false),
    }),
    reply: t.Object({ redirectTo: t.String() }),
    emits: ['INSTALL'],
  }),
})
