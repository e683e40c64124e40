import { t } from '@groundlevel/contract-kit'

/** What a field of an app's action or a filter of its trigger is filled in with. */
export const suppliedFieldTypes = [
  'string',
  'numerical',
  'textarea',
  'select',
  'multiselect',
  'radio',
  'toggle',
  'checkbox',
  'attachment',
  'rich_text',
  'hidden',
  'dynamic',
] as const

export const SuppliedField = t.Object({
  key: t.String({ maxLength: 64 }),
  label: t.String({ minLength: 1, maxLength: 200 }),
  type: t.Enum(suppliedFieldTypes),
  required: t.Default(t.Boolean(), false),
  help: t.Default(t.String({ maxLength: 500 }), ''),
  /** Of select, multiselect and radio: what there is to choose. */
  options: t.Default(
    t.Array(t.Object({ label: t.String({ maxLength: 200 }), value: t.String({ maxLength: 500 }) }), { maxItems: 500 }),
    [],
  ),
  /**
   * Options: asked by GET, answers `{options: [{label, value}]}`. A dynamic field: asked by POST with what is filled in so far, answers
   * `{inputs: [{section, fields}]}`. '' where there is none.
   */
  url: t.Default(t.String({ maxLength: 2000 }), ''),
})

const fields = t.Array(SuppliedField, { maxItems: 50 })

/** Sent with each request; the only proof of who asks. */
const headers = t.Open()

const shared = {
  name: t.String({ minLength: 1, maxLength: 100 }),
  description: t.String({ maxLength: 1000 }),
}
const address = t.String({ maxLength: 2000 })
/** What an app sends, or answers: names for conditions and templates. */
const sample = t.Open()

const triggerParts = { ...shared, subscriptionUrl: address, headers, filters: fields, sample }
const actionParts = {
  ...shared,
  url: address,
  headers,
  fields,
  /** Whether the workflow's author draws branches from which the app's answer chooses. */
  branching: t.Boolean(),
  /** What each branch asks for. */
  branchFields: fields,
  /** The contact waits until the app calls the resume address. */
  pause: t.Boolean(),
  sample,
}

/** Letters, digits and `_`; stays as it is. */
const key = t.String({ minLength: 1, maxLength: 64 })
const kept = { id: t.String(), key, version: t.Integer(), dateAdded: t.DateTime(), dateUpdated: t.DateTime() }

export const AppTrigger = t.Object({ ...kept, ...triggerParts })
export const AppAction = t.Object({ ...kept, ...actionParts })

export const AppTriggerWritten = t.Object({
  key,
  name: shared.name,
  description: t.Default(shared.description, ''),
  subscriptionUrl: t.Default(address, ''),
  headers: t.Default(headers, {}),
  filters: t.Default(fields, []),
  sample: t.Default(sample, {}),
})
export const AppTriggerChanged = t.Partial(t.Object(triggerParts))

export const AppActionWritten = t.Object({
  key,
  name: shared.name,
  description: t.Default(shared.description, ''),
  url: address,
  headers: t.Default(headers, {}),
  fields: t.Default(fields, []),
  branching: t.Default(t.Boolean(), false),
  branchFields: t.Default(fields, []),
  pause: t.Default(t.Boolean(), false),
  sample: t.Default(sample, {}),
})
export const AppActionChanged = t.Partial(t.Object(actionParts))

const supplied = { appId: t.String(), appName: t.String(), key, ...shared }

/** What a sub-account sees of them; addresses and headers stay the app's own. */
export const SuppliedTrigger = t.Object({ ...supplied, filters: fields, sample })
export const SuppliedAction = t.Object({
  ...supplied,
  fields,
  branching: t.Boolean(),
  branchFields: fields,
  pause: t.Boolean(),
  sample,
})
