import { forms, surveys } from '@groundlevel/contracts'
import { useLocationId } from '../contacts/words.js'
import type { Form } from './words.js'

/** Forms and surveys differ in their names alone: the operations of one are those of the other. */
export interface AskingKind {
  readonly noun: 'form' | 'survey'
  readonly title: string
  /** Of its screens, below Automation. */
  readonly path: string
  readonly about: string
  readonly operations: typeof forms.form
  readonly submissions: typeof forms.formSubmissions
}

export const formKind: AskingKind = {
  noun: 'form',
  title: 'Forms',
  path: 'forms',
  about: 'Pages that ask; whoever answers becomes a contact.',
  operations: forms.form,
  submissions: forms.formSubmissions,
}

export const surveyKind: AskingKind = {
  noun: 'survey',
  title: 'Surveys',
  path: 'surveys',
  about: 'Questions to people that you know, or to anybody; answers stay with who gave them.',
  operations: surveys.survey as unknown as typeof forms.form,
  submissions: surveys.surveySubmissions as unknown as typeof forms.formSubmissions,
}

/** What names one of a kind in an address or a query. */
export const idIn = ({ noun }: AskingKind, id: string) => ({ [`${noun}Id`]: id }) as { formId: string }

/** The one that a reply holds, whatever it calls it. */
export const oneIn = ({ noun }: AskingKind, reply: unknown): Form => (reply as Record<string, Form>)[noun] as Form

/** The list that a reply holds. */
export const rowsIn = <R>({ noun }: AskingKind, reply: unknown): readonly R[] =>
  (reply as Record<string, readonly R[]>)[`${noun}s`] ?? []

export const useBase = ({ path }: AskingKind) => `/portal/sub-account/${useLocationId()}/automation/${path}`
