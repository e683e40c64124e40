import { t } from '@groundlevel/contract-kit'

export const SnapshotRow = t.Object({ id: t.String(), name: t.String(), type: t.String() })

export const Snapshot = t.Object({
  id: t.String(),
  name: t.String(),
  type: t.String(),
  /** The sub-account that it was taken of. */
  locationId: t.Optional(t.String()),
  /** By kind (`tags`, `custom_fields`, `pipelines` …) a list of `{id, key, name}`: `key` is what a thing is known by anywhere. */
  assets: t.Open(),
  dateAdded: t.DateTime(),
  dateUpdated: t.DateTime(),
})

export const SnapshotPush = t.Object({
  id: t.String(),
  locationId: t.String(),
  /** `pending`, `processing`, `completed` or `failed`. */
  status: t.String(),
  dateAdded: t.DateTime(),
})

export const SnapshotPushLatest = t.Object({
  id: t.String(),
  locationId: t.String(),
  status: t.String(),
  /** Kinds of assets that are there, and those that are still to come. */
  completed: t.Array(t.String()),
  pending: t.Array(t.String()),
  /** Why it failed. */
  problem: t.Optional(t.String()),
})

const Changed = t.Object({
  kind: t.String(),
  key: t.String(),
  name: t.String(),
  change: t.Enum(['added', 'removed', 'changed']),
  /** Which fields differ, where it changed. */
  fields: t.Array(t.String()),
  /** How they differ, down to the value, as text; of very many the first twenty. */
  differences: t.Array(t.Object({ path: t.String(), before: t.String(), after: t.String() })),
})

const Counts = t.Object({ added: t.Integer(), removed: t.Integer(), changed: t.Integer() })

export const SnapshotChanges = t.Object({
  from: t.Object({ id: t.String(), name: t.String(), dateAdded: t.String() }),
  to: t.Object({ id: t.String(), name: t.String(), dateAdded: t.String() }),
  changes: t.Array(Changed),
  counts: Counts,
  /** The same by kind. */
  byKind: t.Array(t.Object({ kind: t.String(), ...Counts.properties })),
  /** How many of the things that are new or different were last changed on which day. */
  byDay: t.Array(t.Object({ day: t.String(), count: t.Integer() })),
})

/** What is taken and brought together: a family has one or more kinds of assets. */
export const snapshotFamilies = [
  'tags',
  'custom_values',
  'custom_fields',
  'trigger_links',
  'templates',
  'email_templates',
  'pipelines',
  'forms',
  'surveys',
  'calendars',
  'products',
  'workflows',
] as const

export type SnapshotFamily = (typeof snapshotFamilies)[number]

export const SnapshotFamilies = t.Array(t.Enum(snapshotFamilies), { minItems: 1, maxItems: snapshotFamilies.length })

export const SnapshotEntry = t.Object({
  id: t.String(),
  name: t.String(),
  type: t.String(),
  locationId: t.Optional(t.String()),
  dateAdded: t.DateTime(),
  assetCount: t.Integer(),
  /** How many assets of each kind. */
  counts: t.Open(),
  /** What changed since the snapshot before it, where one sub-account was asked about. */
  since: t.Optional(Counts),
})

export const SnapshotShare = t.Object({
  id: t.String(),
  shareLink: t.String(),
  share_type: t.String(),
  relationship_number: t.String(),
  share_location_id: t.String(),
  /** How many agencies have taken a copy by it. */
  timesUsed: t.Integer(),
  dateAdded: t.DateTime(),
})

export const SharedSnapshot = t.Object({
  id: t.String(),
  name: t.String(),
  /** The agency that shares it. */
  sharedBy: t.String(),
  share_type: t.String(),
  /** Whether it is the asker's own. */
  own: t.Boolean(),
  /** How many assets of each kind. */
  counts: t.Open(),
  dateAdded: t.DateTime(),
})
