import { apiModule, GET, t } from '@groundlevel/contract-kit'
import { BroughtSnapshot } from '../apps/brought.shapes.js'

const store = apiModule({
  name: 'store',
  auth: 'none',
  because: 'the store is open to visitors; a session only adds what they may do',
})

const Listing = {
  id: t.String(),
  name: t.String(),
  tagline: t.String(),
  logo: t.String(),
  companyName: t.String(),
  categories: t.Array(t.String()),
  targetUser: t.Enum(['company', 'location']),
  appType: t.Enum(['public', 'private']),
  listingType: t.Enum(['standard', 'white-label']),
}

const ScopeText = t.Object({ name: t.String(), group: t.String(), text: t.String(), sensitive: t.Boolean() })

/** Whether the viewer may add the app, and if not, why not in one sentence. */
const Addable = t.Object({ yes: t.Boolean(), why: t.String() })

export const listings = store.resource('listings', '/_ground/store', {
  list: GET('', {
    id: 'store-list',
    summary: 'Public apps of the marketplace',
    query: t.Object({ query: t.Optional(t.String({ maxLength: 75 })), category: t.Optional(t.String()) }),
    reply: t.Object({ apps: t.Array(t.Object(Listing)), categories: t.Array(t.String()) }),
  }),
  get: GET('/:appId', {
    id: 'store-get',
    summary: 'An app’s page; a private app opens to whoever has the link',
    reply: t.Object({
      app: t.Object({
        ...Listing,
        description: t.String(),
        website: t.String(),
        supportEmail: t.String(),
        supportPhone: t.String(),
        developerName: t.String(),
        whoCanInstall: t.Enum(['both', 'agency']),
        bulkInstall: t.Boolean(),
        scopes: t.Array(ScopeText),
        redirectUri: t.Nullable(t.String()),
        /** The address that starts the install; null while the app has no key or no redirect URL. */
        installUrl: t.Nullable(t.String()),
        dateAdded: t.DateTime(),
        /** What adding it puts into a sub-account, or among the snapshots of an agency. */
        snapshot: t.Nullable(BroughtSnapshot),
      }),
      addable: Addable,
      /** Installs of this app in the viewer's own places. */
      installed: t.Array(
        t.Object({
          id: t.String(),
          companyId: t.String(),
          locationId: t.Nullable(t.String()),
          name: t.String(),
          state: t.Enum(['waiting', 'connected']),
        }),
      ),
    }),
  }),
})
