import { DELETE, GET, limitOffset, POST, PUT, t } from '@groundlevel/contract-kit'
import { emails } from './module.js'

/** A template of the e-mail builder as its list shows it. */
export const EmailTemplate = t.Object({
  id: t.String(),
  name: t.String(),
  updatedBy: t.String(),
  isPlainText: t.Boolean(),
  lastUpdated: t.DateTime(),
  dateAdded: t.DateTime(),
  previewUrl: t.String(),
  version: t.String(),
  templateType: t.String(),
  parentId: t.Optional(t.String()),
  archived: t.Boolean(),
})

/** The same with what is in it; ours, the documents only write it. */
export const EmailTemplateContent = t.Object({
  ...EmailTemplate.properties,
  subject: t.Optional(t.String()),
  previewText: t.Optional(t.String()),
  html: t.Optional(t.String()),
  dnd: t.Optional(t.Open()),
})

const flag = t.Default(t.Boolean(), false)
const text = (maxLength = 200) => t.Optional(t.Nullable(t.String({ maxLength })))

/** Dropped from the v3 documents, which have `/emails/locations/…` instead. */
export const builder = emails.resource('builder', '/emails/builder', {
  list: GET('', {
    id: 'fetch-template',
    summary: 'E-mail templates and folders of a sub-account',
    on: 'dated',
    scope: 'emails/builder',
    tenant: 'query',
    query: t.Object({
      locationId: t.String(),
      limit: t.Default(t.Integer({ minimum: 1, maximum: 100 }), 10),
      offset: t.Default(t.Integer({ minimum: 0, maximum: 1_000_000 }), 0),
      search: t.Optional(t.String({ maxLength: 200 })),
      sortByDate: t.Default(t.Enum(['asc', 'desc']), 'desc'),
      archived: flag,
      builderVersion: t.Optional(t.Enum(['1', '2'])),
      name: t.Optional(t.String({ maxLength: 200 })),
      parentId: t.Optional(t.String({ maxLength: 100 })),
      originId: t.Optional(t.String({ maxLength: 100 })),
      templatesOnly: flag,
    }),
    reply: t.Object({ builders: t.Array(EmailTemplate), total: t.Array(t.Object({ total: t.Integer() })) }),
    page: limitOffset('builders', 10),
  }),
  create: POST('', {
    id: 'create-template',
    summary: 'Create an e-mail template or a folder',
    on: 'dated',
    scope: 'emails/builder',
    tenant: 'body',
    body: t.Object({
      locationId: t.String(),
      title: text(),
      type: t.Enum(['html', 'folder', 'import', 'builder', 'blank']),
      updatedBy: text(),
      builderVersion: t.Default(t.Enum(['1', '2']), '2'),
      name: text(),
      parentId: text(100),
      templateDataUrl: text(2000),
      // Required by the document, meaningless unless something is imported.
      importProvider: t.Optional(t.Enum(['mailchimp', 'active_campaign', 'kajabi'])),
      importURL: text(2000),
      templateSource: text(),
      isPlainText: t.Optional(t.Boolean()),
    }),
    status: 201,
    /** `redirect` is the id of the template (sic). */
    reply: t.Object({ redirect: t.String() }),
  }),
  update: POST('/data', {
    id: 'update-template',
    summary: 'Store what is in an e-mail template',
    on: 'dated',
    scope: 'emails/builder',
    tenant: 'body',
    body: t.Object({
      locationId: t.String(),
      templateId: t.String({ maxLength: 100 }),
      updatedBy: t.String({ maxLength: 200 }),
      dnd: t.Object(
        { elements: t.Array(t.Unknown(), { maxItems: 5000 }), attrs: t.Open(), templateSettings: t.Open() },
        { additionalProperties: true },
      ),
      html: t.String({ maxLength: 1_000_000 }),
      editorType: t.Enum(['html', 'builder']),
      previewText: text(1000),
      isPlainText: t.Optional(t.Boolean()),
      subject: text(1000),
    }),
    status: 201,
    reply: t.Object({ ok: t.String(), previewUrl: t.String(), templateDownloadUrl: t.String() }),
  }),
  get: GET('/:locationId/:templateId', {
    id: 'get-template-content',
    summary: 'One e-mail template with its subject and content',
    on: 'dated',
    scope: 'emails/builder',
    tenant: 'path',
    reply: t.Object({ template: EmailTemplateContent }),
    extension: true,
  }),
  change: PUT('/:locationId/:templateId', {
    id: 'change-template',
    summary: 'Rename an e-mail template, put it into a folder or the archive',
    on: 'dated',
    scope: 'emails/builder',
    tenant: 'path',
    body: t.Object({
      name: t.Optional(t.String({ minLength: 1, maxLength: 200 })),
      parentId: text(100),
      archived: t.Optional(t.Boolean()),
    }),
    reply: t.Object({ template: EmailTemplateContent }),
    extension: true,
  }),
  remove: DELETE('/:locationId/:templateId', {
    id: 'delete-template',
    summary: 'Delete an e-mail template',
    on: 'dated',
    scope: 'emails/builder',
    tenant: 'path',
    reply: t.Object({ ok: t.String() }),
  }),
})
