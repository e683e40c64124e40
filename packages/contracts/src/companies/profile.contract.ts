import { apiModule, PUT, t } from '@groundlevel/contract-kit'
import { countries } from '../locations/countries.js'
import { Company } from './company.contract.js'

const portal = apiModule({
  name: 'companies',
  auth: 'session',
  because: 'an agency’s owner and admins say in the portal what its apps read of it',
})

const line = (maxLength: number) => t.Nullable(t.String({ maxLength }))

/** What an agency may say of itself; null and empty take it away. */
const Said = t.Object({
  name: t.String({ minLength: 1, maxLength: 200 }),
  email: t.Nullable(t.Email({ maxLength: 320 })),
  phone: line(64),
  /** An http or https address, as the three below. */
  website: line(2000),
  privacyPolicy: line(2000),
  termsConditions: line(2000),
  /** Such an address, or a PNG, JPEG or WebP picture of at most 512 KB as `data:image/…;base64,…`. */
  logoUrl: line(720_000),
  /** A host name, such as `app.example.com`. */
  domain: line(253),
  address: line(500),
  city: line(200),
  state: line(200),
  postalCode: line(40),
  country: t.Nullable(t.Enum(countries)),
  timezone: line(100),
  /** Three letters of ISO 4217. */
  currency: line(3),
  businessNiche: line(200),
  businessCategory: line(200),
})

export const profile = portal.resource('profile', '/_ground/agencies/:companyId/profile', {
  update: PUT('', {
    id: 'agency-profile-update',
    summary: 'Change the sent fields of the agency’s own profile; its owner and admins may',
    body: t.Partial(Said),
    reply: t.Object({ company: Company }),
  }),
})
