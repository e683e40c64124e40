import { t } from '@groundlevel/contract-kit'

/** The documents list `all` as well, which is a filter and no state that an opportunity can be in. */
const Status = t.Enum(['open', 'won', 'lost', 'abandoned'])

const text = t.Optional(t.String())
const nullable = (maxLength: number) => t.Optional(t.Nullable(t.String({ maxLength })))

/** More than any currency's sum needs, and still exact as a number. */
const Money = t.Number({ minimum: -1e15, maximum: 1e15 })

const CustomFieldIn = t.Object({
  id: t.Optional(t.String()),
  key: t.Optional(t.String()),
  field_value: t.Optional(t.Unknown()),
  fieldValue: t.Optional(t.Unknown()),
  value: t.Optional(t.Unknown()),
})

const writable = {
  pipelineStageId: t.Optional(t.String({ maxLength: 50 })),
  status: t.Optional(Status),
  monetaryValue: t.Optional(t.Nullable(Money)),
  assignedTo: t.Optional(t.Nullable(t.String({ maxLength: 50 }))),
  source: nullable(500),
  lostReasonId: nullable(50),
  /** A day, in any of seven layouts. */
  forecastExpectedCloseDate: nullable(40),
  forecastProbability: t.Optional(t.Nullable(t.Number({ minimum: 0, maximum: 100 }))),
  customFields: t.Optional(t.Array(CustomFieldIn, { maxItems: 500 })),
}

const name = t.String({ minLength: 1, maxLength: 500 })

export const OpportunityCreate = t.Object({
  pipelineId: t.String(),
  locationId: t.String(),
  name,
  contactId: t.String(),
  ...writable,
})

export const OpportunityUpdate = t.Object({
  pipelineId: t.Optional(t.String({ maxLength: 50 })),
  name: t.Optional(name),
  /** Undocumented: the live service hands the opportunity over to this contact. */
  contactId: t.Optional(t.String({ maxLength: 50 })),
  ...writable,
})

export const OpportunityUpsert = t.Object({
  id: t.Optional(t.String()),
  pipelineId: t.String(),
  locationId: t.String(),
  contactId: t.Optional(t.String()),
  name: t.Optional(name),
  ...writable,
  followers: t.Optional(t.Array(t.String({ maxLength: 50 }), { maxItems: 1000 })),
  isRemoveAllFollowers: t.Optional(t.Boolean()),
  followersActionType: t.Optional(t.Enum(['add', 'remove'])),
})

export const StatusUpdate = t.Object({ status: Status, lostReasonId: nullable(50) })

const nullableText = t.Optional(t.Nullable(t.String()))

const Card = t.Object({
  id: t.String(),
  name: nullableText,
  companyName: nullableText,
  email: nullableText,
  phone: nullableText,
  tags: t.Array(t.String()),
  followers: t.Array(t.String()),
  /** Undocumented, as recorded: scores of the contact, which nobody here has. */
  score: t.Array(t.Unknown()),
})

/** Undocumented, as recorded: the contact's facts once more, for programs that read them here. */
const Relation = t.Object({
  associationId: t.String(),
  relationId: t.String(),
  primary: t.Boolean(),
  objectKey: t.String(),
  recordId: t.String(),
  fullName: nullableText,
  contactName: nullableText,
  companyName: nullableText,
  email: nullableText,
  phone: nullableText,
  tags: t.Array(t.String()),
  attributed: t.Optional(t.Nullable(t.Boolean())),
})

/** Who or what made it; `source` as contacts have it in `createdBy` (live facts). */
const InternalSource = t.Object({ type: t.String(), id: t.String(), channel: t.String(), source: t.Optional(t.String()) })

const stored = {
  id: t.String(),
  name: t.String(),
  monetaryValue: t.Number(),
  pipelineId: t.String(),
  pipelineStageId: t.String(),
  /** The same once more, as recorded. */
  pipelineStageUId: t.String(),
  assignedTo: text,
  status: t.String(),
  source: text,
  lastStatusChangeAt: t.DateTime(),
  lastStageChangeAt: t.DateTime(),
  lastActionDate: t.DateTime(),
  indexVersion: t.String(),
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
  forecastExpectedCloseDate: text,
  forecastOriginalCloseDate: text,
  forecastSlippageCount: t.Integer(),
  forecastDaysSlipped: t.Integer(),
  forecastLastSlippedAt: t.Optional(t.DateTime()),
  forecastProbability: t.Optional(t.Number()),
  /** The forecast's, else the stage's; 100 once it is won, 0 once it is lost or abandoned. */
  effectiveProbability: t.Optional(t.Number()),
  contactId: t.String(),
  locationId: t.String(),
  contact: t.Optional(Card),
  lostReasonId: text,
  customFields: t.Array(t.Object({ id: t.String(), fieldValue: t.Unknown() })),
  followers: t.Array(t.String()),
  relations: t.Array(Relation),
  internalSource: t.Optional(InternalSource),
  /** Undocumented, as recorded: whether its contact came in by it. Nothing here is attributed. */
  isAttribute: t.Boolean(),
}

export const Opportunity = t.Object(stored)

/** An opportunity as replies declare it, with what the document lists and nothing here fills. */
export const OpportunityReply = t.Object({
  ...stored,
  notes: t.Optional(t.Array(t.Unknown())),
  tasks: t.Optional(t.Array(t.Unknown())),
  calendarEvents: t.Optional(t.Array(t.Unknown())),
  externalObjectId: text,
})

/** As rows of a search have it: the value once more under the name of its type, which many programs read alone (recorded). */
const FieldHit = t.Object({
  id: t.String(),
  fieldValue: t.Unknown(),
  type: t.Optional(t.String()),
  fieldValueString: t.Optional(t.String()),
  fieldValueNumber: t.Optional(t.Number()),
  fieldValueBoolean: t.Optional(t.Boolean()),
  fieldValueArray: t.Optional(t.Array(t.Unknown())),
  fieldValueFiles: t.Optional(t.Array(t.Unknown())),
})

/** A row of a search: what was asked for of its contact, and the cursor of the row as `sort`. */
export const OpportunityHit = t.Object({
  ...stored,
  customFields: t.Array(FieldHit),
  notes: t.Array(t.Unknown()),
  tasks: t.Array(t.Unknown()),
  calendarEvents: t.Array(t.Unknown()),
  externalObjectId: text,
  /** Undocumented, as recorded. */
  attributions: t.Array(t.Unknown()),
  sort: t.Array(t.Unknown()),
})
