import { t } from '@groundlevel/contract-kit'
import { countries } from './countries.js'

const Settings = t.Object({
  allowDuplicateContact: t.Boolean(),
  allowDuplicateOpportunity: t.Boolean(),
  allowFacebookNameMerge: t.Boolean(),
  disableContactTimezone: t.Boolean(),
  /** By which fields contacts are told apart, in this order; ours, from the settings page of the product. */
  contactUniqueIdentifiers: t.Array(t.Enum(['email', 'phone']), { maxItems: 2 }),
})

const line = (maxLength: number) => t.Optional(t.Nullable(t.String({ maxLength })))

const Social = t.Object({
  facebookUrl: line(2000),
  googlePlus: line(2000),
  linkedIn: line(2000),
  foursquare: line(2000),
  twitter: line(2000),
  yelp: line(2000),
  instagram: line(2000),
  youtube: line(2000),
  pinterest: line(2000),
  blogRss: line(2000),
  googlePlacesId: line(2000),
})

const text = t.Optional(t.String())

/** How the sub-account presents itself to its customers. */
const Business = t.Object({
  name: text,
  email: text,
  address: text,
  city: text,
  state: text,
  country: text,
  postalCode: text,
  website: text,
  timezone: text,
  logoUrl: text,
})

export const Location = t.Object({
  id: t.String(),
  companyId: t.String(),
  name: t.String(),
  domain: t.Optional(t.String()),
  logoUrl: t.Optional(t.String()),
  firstName: t.Optional(t.String()),
  lastName: t.Optional(t.String()),
  phone: t.Optional(t.String()),
  email: t.Optional(t.String()),
  address: t.Optional(t.String()),
  city: t.Optional(t.String()),
  state: t.Optional(t.String()),
  country: t.Optional(t.String()),
  postalCode: t.Optional(t.String()),
  website: t.Optional(t.String()),
  timezone: t.Optional(t.String()),
  settings: Settings,
  social: Social,
  business: t.Optional(Business),
  dateAdded: t.DateTime(),
})

/** One sub-account as it is answered: `reseller` is the document's, and this product resells nothing. */
export const LocationReply = t.Object({ ...Location.properties, reseller: t.Optional(t.Open()) })

const common = [
  'name',
  'phone',
  'email',
  'address',
  'city',
  'state',
  'country',
  'postalCode',
  'website',
  'timezone',
  'settings',
  'social',
] as const

export const LocationRow = t.Pick(Location, ['id', ...common])

/** What create and update answer, bare. */
export const LocationWritten = t.Pick(Location, ['id', 'companyId', 'domain', ...common])

const writable = {
  phone: line(64),
  /** In no document of the request, in every reply: clients send it. */
  email: t.Optional(t.Nullable(t.Email({ maxLength: 320 }))),
  address: line(500),
  city: line(200),
  state: line(200),
  country: t.Optional(t.Nullable(t.Enum(countries))),
  postalCode: line(40),
  website: line(2000),
  timezone: line(100),
  prospectInfo: t.Optional(
    t.Object({
      firstName: t.String({ maxLength: 200 }),
      lastName: t.String({ maxLength: 200 }),
      email: t.Email({ maxLength: 320 }),
    }),
  ),
  settings: t.Optional(t.Partial(Settings)),
  social: t.Optional(Social),
  twilio: t.Optional(t.Object({ sid: t.String({ maxLength: 200 }), authToken: t.String({ maxLength: 500 }) })),
  mailgun: t.Optional(t.Object({ apiKey: t.String({ maxLength: 500 }), domain: t.String({ maxLength: 300 }) })),
}

const Name = t.String({ minLength: 1, maxLength: 200 })

export const LocationCreateBody = t.Object({
  companyId: t.String(),
  name: Name,
  ...writable,
  snapshotId: t.Optional(t.Nullable(t.String({ maxLength: 64 }))),
})

export const LocationUpdateBody = t.Object({
  companyId: t.String(),
  name: t.Optional(Name),
  ...writable,
  snapshot: t.Optional(t.Object({ id: t.String({ maxLength: 64 }), override: t.Default(t.Boolean(), false) })),
})
