import { event, t } from '@groundlevel/contract-kit'
import { FormReply, FormSubmission as Submission } from './form.shapes.js'

// Extensions: the documented list has no event of forms (wire-contract §8).

export const FormSubmission = event('FormSubmission', {
  scope: 'forms.readonly',
  payload: t.Pick(Submission, ['id', 'formId', 'contactId', 'name', 'email', 'others', 'createdAt']),
  summary: 'A form was sent in',
})

const about = t.Pick(FormReply, ['id', 'name', 'dateAdded', 'dateUpdated'])
const formEvent = <const N extends string>(type: N, summary: string) =>
  event(type, { scope: 'forms.readonly', payload: about, summary })

export const FormCreate = formEvent('FormCreate', 'A form was created')
export const FormUpdate = formEvent('FormUpdate', 'A form changed')
export const FormDelete = formEvent('FormDelete', 'A form was deleted')
