import { apiModule, DELETE, GET, limitSkip, POST, PUT, t } from '@groundlevel/contract-kit'
import { succeeded } from '../contacts/contact.shapes.js'
import {
  FormChanged,
  FormReply,
  FormRow,
  FormWritten,
  listQuery,
  SurveySubmission,
  submissionMeta,
  submissionsQuery,
} from '../forms/form.shapes.js'
import { byPage } from '../forms/paging.js'

const surveys = apiModule({ name: 'surveys', version: '2021-07-28', actors: ['location'], scope: 'surveys' })

const One = t.Object({ survey: FormReply })

/** Like forms, but for the names. */
export const survey = surveys.resource(
  'survey',
  '/surveys',
  {
    list: GET('/', {
      id: 'get-surveys',
      summary: 'Surveys of a sub-account, newest first',
      tenant: 'query',
      query: listQuery,
      reply: t.Object({ surveys: t.Array(t.Row(FormRow)), total: t.Integer() }),
      page: limitSkip('surveys', 10),
    }),
    create: POST('/', {
      id: 'create-survey',
      summary: 'Create a survey with a public page',
      extension: true,
      tenant: 'body',
      body: FormWritten,
      status: 201,
      reply: One,
      emits: ['SurveyCreate'],
    }),
    get: GET('/:surveyId', { id: 'get-survey', summary: 'One survey', extension: true, reply: One }),
    update: PUT('/:surveyId', {
      id: 'update-survey',
      summary: 'Change the sent parts of a survey; its id and address stay',
      extension: true,
      body: FormChanged,
      reply: One,
      emits: ['SurveyUpdate'],
    }),
    remove: DELETE('/:surveyId', {
      id: 'delete-survey',
      summary: 'Delete a survey and its submissions; the contacts stay',
      extension: true,
      reply: t.Object(succeeded),
      emits: ['SurveyDelete'],
    }),
  },
  { reaches: 'none' },
)

export const surveySubmissions = surveys.resource('surveySubmissions', '/surveys/submissions', {
  list: GET('', {
    id: 'get-surveys-submissions',
    summary: 'Submissions of surveys, newest first',
    reaches: 'narrowed',
    tenant: 'query',
    query: t.Object({ ...submissionsQuery, surveyId: t.Optional(t.String({ maxLength: 100 })) }),
    reply: t.Object({ submissions: t.Array(t.Row(SurveySubmission)), meta: submissionMeta }),
    page: byPage('submissions'),
  }),
  get: GET('/:submissionId', {
    id: 'get-survey-submission',
    summary: 'One submission of a survey',
    reaches: { submission: ['submissionId'] },
    extension: true,
    reply: t.Object({ submission: SurveySubmission }),
  }),
  remove: DELETE('/:submissionId', {
    id: 'delete-survey-submission',
    summary: 'Delete a submission of a survey; the contact stays',
    reaches: { submission: ['submissionId'] },
    extension: true,
    reply: t.Object(succeeded),
  }),
})
