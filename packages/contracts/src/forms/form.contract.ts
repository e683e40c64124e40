import { apiModule, DELETE, GET, limitSkip, POST, PUT, t } from '@groundlevel/contract-kit'
import { Contact, succeeded } from '../contacts/contact.shapes.js'
import {
  FormChanged,
  FormReply,
  FormRow,
  FormSubmission,
  FormWritten,
  listQuery,
  submissionMeta,
  submissionsQuery,
} from './form.shapes.js'
import { byPage } from './paging.js'

const forms = apiModule({ name: 'forms', version: '2021-07-28', actors: ['location'], scope: 'forms' })

const One = t.Object({ form: FormReply })

export const form = forms.resource(
  'form',
  '/forms',
  {
    list: GET('/', {
      id: 'get-forms',
      summary: 'Forms of a sub-account, newest first',
      tenant: 'query',
      query: listQuery,
      reply: t.Object({ forms: t.Array(t.Row(FormRow)), total: t.Integer() }),
      page: limitSkip('forms', 10),
    }),
    create: POST('/', {
      id: 'create-form',
      summary: 'Create a form with a public page',
      extension: true,
      tenant: 'body',
      body: FormWritten,
      status: 201,
      reply: One,
      emits: ['FormCreate'],
    }),
    get: GET('/:formId', { id: 'get-form', summary: 'One form', extension: true, reply: One }),
    update: PUT('/:formId', {
      id: 'update-form',
      summary: 'Change the sent parts of a form; its id and address stay',
      extension: true,
      body: FormChanged,
      reply: One,
      emits: ['FormUpdate'],
    }),
    remove: DELETE('/:formId', {
      id: 'delete-form',
      summary: 'Delete a form and its submissions; the contacts stay',
      extension: true,
      reply: t.Object(succeeded),
      emits: ['FormDelete'],
    }),
  },
  { reaches: 'none' },
)

export const formSubmissions = forms.resource('formSubmissions', '/forms/submissions', {
  list: GET('', {
    id: 'get-forms-submissions',
    summary: 'Submissions of forms, newest first',
    reaches: 'narrowed',
    tenant: 'query',
    query: t.Object({ ...submissionsQuery, formId: t.Optional(t.String({ maxLength: 100 })) }),
    reply: t.Object({ submissions: t.Array(t.Row(FormSubmission)), meta: submissionMeta }),
    page: byPage('submissions'),
  }),
  get: GET('/:submissionId', {
    id: 'get-form-submission',
    summary: 'One submission of a form',
    reaches: { submission: ['submissionId'] },
    extension: true,
    reply: t.Object({ submission: FormSubmission }),
  }),
  remove: DELETE('/:submissionId', {
    id: 'delete-form-submission',
    summary: 'Delete a submission of a form; the contact stays',
    reaches: { submission: ['submissionId'] },
    extension: true,
    reply: t.Object(succeeded),
  }),
})

export const formFiles = forms.resource(
  'formFiles',
  '/forms/upload-custom-files',
  {
    upload: POST('', {
      id: 'upload-to-custom-fields',
      summary: 'Upload files into custom fields of a contact; parts are called <customFieldId>_<fileId>',
      tenant: 'query',
      query: t.Object({ contactId: t.String({ maxLength: 100 }), locationId: t.String() }),
      files: { most: 100, bytes: 50 * 1_048_576 },
      reply: t.Object({ contact: Contact }),
      emits: ['ContactUpdate'],
    }),
  },
  { reaches: { contact: ['contactId'] } },
)
