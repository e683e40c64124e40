import { DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { apps } from './module.js'

/** Distribution as M3 has it: who it is for, who may install it, and whether an agency may install it for many. */
const distribution = {
  /** `company`: Agency; `location`: Sub-account. Fixed once the app exists. */
  targetUser: t.Enum(['company', 'location']),
  /** Sub-account apps: both kinds of people, or the agency alone. */
  whoCanInstall: t.Enum(['both', 'agency']),
  bulkInstall: t.Boolean(),
  /** Agency apps: a sub-account's user may add it for their own sub-account. */
  allowLocationInstall: t.Boolean(),
}

const profile = {
  name: t.String({ minLength: 3, maxLength: 60 }),
  appType: t.Enum(['public', 'private']),
  listingType: t.Enum(['standard', 'white-label']),
  tagline: t.String({ maxLength: 170 }),
  description: t.String({ maxLength: 5000 }),
  categories: t.Array(t.String({ maxLength: 60 }), { maxItems: 3 }),
  companyName: t.String({ maxLength: 200 }),
  website: t.String({ maxLength: 2000 }),
  supportEmail: t.String({ maxLength: 320 }),
  supportPhone: t.String({ maxLength: 64 }),
  /** `data:image/png|jpeg|svg+xml|webp;base64,…`, 512 KB at most, or ''. */
  logo: t.String({ maxLength: 720_000 }),
}

const settings = {
  scopes: t.Array(t.String()),
  redirectUris: t.Array(t.String({ maxLength: 2000 }), { maxItems: 20 }),
  /** The default webhook URL; '' where there is none. */
  webhookUrl: t.String({ maxLength: 2000 }),
  requirePkce: t.Boolean(),
}

const EventSetting = t.Object({
  type: t.String(),
  /** Whether the app wants it. */
  on: t.Boolean(),
  /** Goes here instead of the default URL; '' for the default. */
  url: t.String({ maxLength: 2000 }),
})

const EventRow = t.Object({
  type: t.String(),
  summary: t.String(),
  scope: t.String(),
  /** Whether the app's scopes entitle to it. */
  entitled: t.Boolean(),
  on: t.Boolean(),
  url: t.String(),
})

export const App = t.Object({
  id: t.String(),
  versionId: t.String(),
  version: t.String(),
  developerId: t.String(),
  ...distribution,
  ...profile,
  ...settings,
  events: t.Array(EventRow),
  installCount: t.Integer(),
  dateAdded: t.DateTime(),
  dateUpdated: t.DateTime(),
})

/** What My Apps lists. */
const AppRow = t.Object({
  id: t.String(),
  name: t.String(),
  tagline: t.String(),
  logo: t.String(),
  appType: t.Enum(['public', 'private']),
  targetUser: t.Enum(['company', 'location']),
  installCount: t.Integer(),
  dateUpdated: t.DateTime(),
})

const AppKey = t.Object({
  id: t.String(),
  name: t.String(),
  clientId: t.String(),
  /** Last four characters of the secret. */
  secretHint: t.String(),
  dateAdded: t.DateTime(),
  lastUsedAt: t.Nullable(t.DateTime()),
})

const AppInstall = t.Object({
  id: t.String(),
  kind: t.Enum(['agency', 'bulk', 'location']),
  companyId: t.String(),
  companyName: t.String(),
  locationId: t.Nullable(t.String()),
  locationName: t.Nullable(t.String()),
  state: t.Enum(['waiting', 'connected']),
  dateAdded: t.DateTime(),
  connectedAt: t.Nullable(t.DateTime()),
})

const One = t.Object({ app: App })
const succeeded = t.Object({ succeeded: t.Boolean() })

export const app = apps.resource('app', '/_ground/apps', {
  list: GET('', { id: 'apps-list', summary: 'My Apps', reply: t.Object({ apps: t.Array(AppRow) }) }),
  create: POST('', {
    id: 'apps-create',
    summary: 'Create an app; its name is unique in the marketplace, whatever its case',
    body: t.Object({
      name: profile.name,
      appType: t.Default(profile.appType, 'public'),
      listingType: t.Default(profile.listingType, 'standard'),
      targetUser: distribution.targetUser,
      whoCanInstall: t.Default(distribution.whoCanInstall, 'both'),
      bulkInstall: t.Default(distribution.bulkInstall, true),
      allowLocationInstall: t.Default(distribution.allowLocationInstall, false),
      tagline: t.Default(profile.tagline, ''),
      description: t.Default(profile.description, ''),
      scopes: t.Default(settings.scopes, []),
      redirectUris: t.Default(settings.redirectUris, []),
      webhookUrl: t.Default(settings.webhookUrl, ''),
    }),
    status: 201,
    reply: One,
  }),
  get: GET('/:appId', { id: 'apps-get', summary: 'One of my apps', reply: One }),
  update: PUT('/:appId', {
    id: 'apps-update',
    summary: 'Change the sent fields of an app',
    body: t.Partial(
      t.Object({
        ...profile,
        ...settings,
        whoCanInstall: distribution.whoCanInstall,
        bulkInstall: distribution.bulkInstall,
        allowLocationInstall: distribution.allowLocationInstall,
        events: t.Array(EventSetting),
      }),
    ),
    reply: One,
  }),
  remove: DELETE('/:appId', { id: 'apps-delete', summary: 'Delete an app that nobody has installed', reply: succeeded }),
})

export const keys = apps.resource('keys', '/_ground/apps/:appId/keys', {
  list: GET('', { id: 'app-keys-list', summary: 'Client keys of an app', reply: t.Object({ keys: t.Array(AppKey) }) }),
  create: POST('', {
    id: 'app-keys-create',
    summary: 'Generate a client id and secret; the secret is shown this once',
    body: t.Object({ name: t.Default(t.String({ maxLength: 100 }), '') }),
    status: 201,
    reply: t.Object({ key: AppKey, clientSecret: t.String() }),
  }),
  remove: DELETE('/:keyId', { id: 'app-keys-delete', summary: 'Delete a client key; its next use is refused', reply: succeeded }),
})

export const appInstalls = apps.resource('installs', '/_ground/apps/:appId/installs', {
  list: GET('', {
    id: 'app-installs-list',
    summary: 'Where an app is installed',
    reply: t.Object({ installs: t.Array(AppInstall) }),
  }),
})

export const testEvents = apps.resource('testEvents', '/_ground/apps/:appId/test-events', {
  send: POST('', {
    id: 'app-test-event',
    summary: 'Send a test event to the app’s webhook URL, signed like a real one',
    body: t.Object({ type: t.Default(t.String(), 'ContactCreate'), locationId: t.Optional(t.String()) }),
    status: 201,
    reply: t.Object({ eventId: t.String(), deliveryId: t.String(), url: t.String() }),
  }),
})

export const reference = apps.resource('reference', '/_ground/reference', {
  scopes: GET('/scopes', {
    id: 'scopes-list',
    summary: 'The scope catalogue of the picker',
    auth: 'none',
    because: 'the scope catalogue is public reference',
    reply: t.Object({
      scopes: t.Array(
        t.Object({ name: t.String(), group: t.String(), text: t.String(), agencyOnly: t.Boolean(), sensitive: t.Boolean() }),
      ),
    }),
  }),
})
