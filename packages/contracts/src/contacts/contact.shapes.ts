import { t } from '@groundlevel/contract-kit'

const DndSetting = t.Object({
  status: t.Enum(['active', 'inactive', 'permanent']),
  message: t.Optional(t.String({ maxLength: 2000 })),
  code: t.Optional(t.String({ maxLength: 200 })),
})

const channel = t.Optional(DndSetting)

/** Do-not-disturb by channel. RCS is in the events alone, the last six are v3's names of the first six. */
const DndSettings = t.Object({
  Call: channel,
  Email: channel,
  SMS: channel,
  WhatsApp: channel,
  GMB: channel,
  FB: channel,
  RCS: channel,
  call: channel,
  email: channel,
  sms: channel,
  whatsApp: channel,
  gmb: channel,
  fb: channel,
})

const InboundDndSettings = t.Object({
  all: t.Optional(t.Object({ status: t.Enum(['active', 'inactive']), message: t.Optional(t.String()) })),
})

/** Written with `id` or `key`, and any spelling of the value: dated versions have `field_value`, v3 `fieldValue`, replies `value`. */
const CustomFieldIn = t.Object({
  id: t.Optional(t.String()),
  key: t.Optional(t.String()),
  field_value: t.Optional(t.Unknown()),
  fieldValue: t.Optional(t.Unknown()),
  value: t.Optional(t.Unknown()),
})

const CustomFieldOut = t.Object({ id: t.String(), value: t.Unknown() })

/** An address alone, or as replies have it. */
const AdditionalEmail = t.Union([
  t.Email({ maxLength: 320 }),
  t.Object({ email: t.Email({ maxLength: 320 }) }, { additionalProperties: true }),
])

/** The live service takes these on every write of a contact, and answers none of them. */
export const passedOver = {
  keyword: 'taken by the live service, answered by none of its replies',
  ssn: 'the same; such a number is nothing to keep without need',
  additionalPhones: 'taken by the live service, undocumented; here a contact has one number',
}

const writable = {
  firstName: t.Optional(t.Nullable(t.String({ maxLength: 200 }))),
  lastName: t.Optional(t.Nullable(t.String({ maxLength: 200 }))),
  name: t.Optional(t.Nullable(t.String({ maxLength: 400 }))),
  email: t.Optional(t.Nullable(t.Email({ maxLength: 320 }))),
  phone: t.Optional(t.Nullable(t.String({ maxLength: 64 }))),
  address1: t.Optional(t.Nullable(t.String({ maxLength: 500 }))),
  city: t.Optional(t.Nullable(t.String({ maxLength: 200 }))),
  state: t.Optional(t.Nullable(t.String({ maxLength: 200 }))),
  postalCode: t.Optional(t.Nullable(t.String({ maxLength: 40 }))),
  website: t.Optional(t.Nullable(t.String({ maxLength: 2000 }))),
  timezone: t.Optional(t.Nullable(t.String({ maxLength: 100 }))),
  dnd: t.Optional(t.Boolean()),
  dndSettings: t.Optional(DndSettings),
  inboundDndSettings: t.Optional(InboundDndSettings),
  tags: t.Optional(t.Array(t.String({ maxLength: 200 }))),
  customFields: t.Optional(t.Array(CustomFieldIn)),
  source: t.Optional(t.Nullable(t.String({ maxLength: 500 }))),
  dateOfBirth: t.Optional(t.Nullable(t.String({ maxLength: 40 }))),
  country: t.Optional(t.Nullable(t.String({ maxLength: 100 }))),
  assignedTo: t.Optional(t.Nullable(t.String())),
  type: t.Optional(t.Enum(['lead', 'customer'])),
  additionalEmails: t.Optional(t.Array(AdditionalEmail, { maxItems: 50 })),
}

const createOnly = {
  locationId: t.String(),
  gender: t.Optional(t.Nullable(t.String({ maxLength: 40 }))),
  companyName: t.Optional(t.Nullable(t.String({ maxLength: 400 }))),
}

/** Body of `PUT /contacts/{contactId}`: no `locationId`, sending it is refused (live facts). */
export const ContactUpdate = t.Object({ ...writable, companyName: createOnly.companyName, gender: createOnly.gender })
export const ContactCreate = t.Object({ ...createOnly, ...writable })
export const ContactUpsert = t.Object({
  ...createOnly,
  ...writable,
  createNewIfDuplicateAllowed: t.Optional(t.Boolean()),
})

const nullableText = t.Optional(t.Nullable(t.String()))

/** Where a contact came from. */
export const Attribution = t.Object({
  url: t.String(),
  campaign: nullableText,
  utmSource: nullableText,
  utmMedium: nullableText,
  utmContent: nullableText,
  referrer: nullableText,
  campaignId: nullableText,
  fbclid: nullableText,
  gclid: nullableText,
  msclikid: nullableText,
  dclid: nullableText,
  fbc: nullableText,
  fbp: nullableText,
  fbEventId: nullableText,
  userAgent: nullableText,
  ip: nullableText,
  medium: nullableText,
  mediumId: nullableText,
})

/** Who made or changed a record. */
export const Actor = t.Object({
  source: t.String(),
  channel: t.String(),
  sourceId: t.String(),
  timestamp: t.DateTime(),
})

const stored = {
  id: t.String(),
  locationId: t.String(),
  firstName: t.Optional(t.String()),
  lastName: t.Optional(t.String()),
  email: t.Optional(t.String()),
  phone: t.Optional(t.String()),
  timezone: t.Optional(t.String()),
  companyName: t.Optional(t.String()),
  dnd: t.Boolean(),
  dndSettings: t.Optional(DndSettings),
  inboundDndSettings: t.Optional(t.Open()),
  type: t.String(),
  source: t.Optional(t.String()),
  assignedTo: t.Optional(t.String()),
  city: t.Optional(t.String()),
  state: t.Optional(t.String()),
  country: t.Optional(t.String()),
  postalCode: t.Optional(t.String()),
  website: t.Optional(t.String()),
  tags: t.Array(t.String()),
  dateOfBirth: t.Optional(t.String()),
  dateAdded: t.DateTime(),
  dateUpdated: t.DateTime(),
  customFields: t.Array(CustomFieldOut),
  businessId: t.Optional(t.String()),
  followers: t.Array(t.String()),
  additionalEmails: t.Array(t.Unknown()),
  additionalPhones: t.Array(t.Unknown()),
}

/** One contact: empty fields are left out (live facts). */
export const Contact = t.Object({
  ...stored,
  name: t.Optional(t.String()),
  address1: t.Optional(t.String()),
  gender: t.Optional(t.String()),
  firstNameLowerCase: t.Optional(t.String()),
  lastNameLowerCase: t.Optional(t.String()),
  fullNameLowerCase: t.Optional(t.String()),
  emailLowerCase: t.Optional(t.String()),
  bounceEmail: t.Boolean(),
  unsubscribeEmail: t.Boolean(),
  attributionSource: t.Optional(Attribution),
  lastAttributionSource: t.Optional(Attribution),
  /** When the contact last did something: followed a link, wrote, booked. */
  lastActivity: t.Optional(t.DateTime()),
  createdBy: t.Optional(Actor),
  lastUpdatedBy: t.Optional(Actor),
})

/** The same as `POST /contacts/` answers it: the documents give that reply alone a few fields more (decision 0033). */
export const ContactCreated = t.Object({
  ...Contact.properties,
  deleted: t.Boolean(),
  /** Its first: the creation itself, as recorded. */
  lastSessionActivityAt: t.DateTime(),
  birthMonth: t.Optional(t.Integer()),
  birthDay: t.Optional(t.Integer()),
})

/** A row of `GET /contacts/` and of a business's contacts: empty fields are null, empty objects are there (live facts). */
export const ContactRow = t.Object({
  ...stored,
  dndSettings: t.Open(),
  inboundDndSettings: t.Open(),
  contactName: t.Optional(t.String()),
  /** The names as they were written; in these rows programs look here first. */
  firstNameRaw: t.Optional(t.String()),
  lastNameRaw: t.Optional(t.String()),
  address1: t.Optional(t.String()),
  attributions: t.Array(Attribution),
})

/**
 * A row of `POST /contacts/search`: `address`, not `address1`, and the cursor of the row. What is an object in one contact is one
 * here too, empty where there is nothing (live facts).
 */
export const ContactHit = t.Object({
  ...stored,
  dndSettings: t.Open(),
  inboundDndSettings: t.Open(),
  attributionSource: t.Open(),
  lastAttributionSource: t.Open(),
  contactName: t.Optional(t.String()),
  address: t.Optional(t.String()),
  phoneLabel: t.Optional(t.String()),
  businessName: t.Optional(t.String()),
  firstNameLowerCase: t.Optional(t.String()),
  lastNameLowerCase: t.Optional(t.String()),
  validEmail: t.Optional(t.Boolean()),
  opportunities: t.Array(t.Unknown()),
  searchAfter: t.Array(t.Unknown()),
})

/** `succeded` is the wire's own misspelling (sic); both spellings go out on every version. */
export const succeeded = { succeded: t.Boolean(), succeeded: t.Boolean() }
