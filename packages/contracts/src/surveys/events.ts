import { event, t } from '@groundlevel/contract-kit'
import { FormReply, SurveySubmission as Submission } from '../forms/form.shapes.js'

// Extensions: the documented list has no event of surveys (wire-contract §8).

export const SurveySubmission = event('SurveySubmission', {
  scope: 'surveys.readonly',
  payload: t.Pick(Submission, ['id', 'surveyId', 'contactId', 'name', 'email', 'others', 'createdAt']),
  summary: 'A survey was sent in',
})

const about = t.Pick(FormReply, ['id', 'name', 'dateAdded', 'dateUpdated'])
const surveyEvent = <const N extends string>(type: N, summary: string) =>
  event(type, { scope: 'surveys.readonly', payload: about, summary })

export const SurveyCreate = surveyEvent('SurveyCreate', 'A survey was created')
export const SurveyUpdate = surveyEvent('SurveyUpdate', 'A survey changed')
export const SurveyDelete = surveyEvent('SurveyDelete', 'A survey was deleted')
