import { apiModule, DELETE, GET, limitSkip, limitSkipQuery, POST, PUT, t } from '@groundlevel/contract-kit'

const locations = apiModule({
  name: 'locations',
  version: '2021-07-28',
  actors: ['location'],
  scope: 'locations/templates',
  tenant: 'path',
})

const type = t.Enum(['sms', 'email', 'whatsapp'])
const mostText = 1_000_000

/** `body` of SMS and WhatsApp, `subject` and `html` of e-mail. */
const TemplateText = t.Object({
  body: t.Optional(t.String()),
  subject: t.Optional(t.String()),
  html: t.Optional(t.String()),
  attachments: t.Array(t.String()),
})

export const MessageTemplate = t.Object({
  id: t.String(),
  name: t.String(),
  type,
  template: TemplateText,
  dateAdded: t.DateTime(),
  locationId: t.String(),
  urlAttachments: t.Array(t.String()),
})

const writable = {
  body: t.Optional(t.Nullable(t.String({ maxLength: mostText }))),
  subject: t.Optional(t.Nullable(t.String({ maxLength: 1000 }))),
  html: t.Optional(t.Nullable(t.String({ maxLength: mostText }))),
  urlAttachments: t.Optional(t.Array(t.Url({ maxLength: 2000 }), { maxItems: 20 })),
}
const name = t.String({ minLength: 1, maxLength: 200 })
const One = t.Object({ template: MessageTemplate })

/** Templates of single messages. The documents have list and delete; the rest is ours. */
export const templates = locations.resource(
  'templates',
  '/locations/:locationId/templates',
  {
    list: GET('', {
      id: 'GET-all-or-email-sms-templates',
      summary: 'Templates of a sub-account, newest first',
      query: t.Object({
        originId: t.String(),
        deleted: t.Default(t.Boolean(), false),
        type: t.Optional(type),
        ...limitSkipQuery(25),
      }),
      reply: t.Object({ templates: t.Array(MessageTemplate), totalCount: t.Integer() }),
      page: limitSkip('templates', 25),
    }),
    create: POST('', {
      id: 'create-template',
      summary: 'Create a template',
      body: t.Object({ name, type, ...writable }),
      status: 201,
      reply: One,
      extension: true,
    }),
    get: GET('/:id', { id: 'get-template', summary: 'One template', reply: One, extension: true }),
    update: PUT('/:id', {
      id: 'update-template',
      summary: 'Change the sent fields of a template',
      body: t.Object({ name: t.Optional(name), ...writable }),
      reply: One,
      extension: true,
    }),
    remove: DELETE('/:id', {
      id: 'DELETE-an-email-sms-template',
      summary: 'Delete a template; the list shows it with `deleted=true`',
      reply: t.Object({ succeded: t.Boolean(), succeeded: t.Boolean() }),
    }),
  },
  { reaches: 'none' },
)

/** What a template gives for a contact. */
export const templatePreview = locations.resource(
  'templatePreview',
  '/_ground/templates/preview',
  {
    render: POST('', {
      id: 'preview-template',
      summary: 'Render a template for a contact',
      scope: 'locations/templates.readonly',
      effect: 'read',
      tenant: 'body',
      body: t.Object({
        locationId: t.String(),
        contactId: t.Optional(t.Nullable(t.String({ maxLength: 100 }))),
        userId: t.Optional(t.Nullable(t.String({ maxLength: 100 }))),
        body: t.Optional(t.String({ maxLength: mostText })),
        subject: t.Optional(t.String({ maxLength: 1000 })),
        html: t.Optional(t.String({ maxLength: mostText })),
      }),
      reply: t.Object({
        body: t.Optional(t.String()),
        subject: t.Optional(t.String()),
        html: t.Optional(t.String()),
        /** Merge fields that the texts name and that nobody knows; they render as nothing. */
        unknown: t.Array(t.String()),
      }),
      extension: true,
    }),
  },
  { reaches: { contact: ['contactId'] } },
)
