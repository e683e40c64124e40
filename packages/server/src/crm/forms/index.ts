import type { Implementation } from '../../http/implement.js'
import { formFileHandlers } from './files.handlers.js'
import { formHandlers, surveyHandlers } from './forms.handlers.js'
import type { FormPorts } from './ports.js'

export { formAssets, surveyAssets } from './assets.sql.js'
export { submissionRecords } from './assigned.js'
export type { FormEvent, FormPorts } from './ports.js'
export { formPages } from './public.js'
export { type SeedForm, type SeedSubmission, seedForms } from './seed.sql.js'
export { moveSubmissions } from './submissions.sql.js'

/** Forms and surveys: what they ask, and what was answered. */
export const formsModule = (ports: FormPorts): readonly Implementation[] => [
  ...formHandlers(ports),
  ...surveyHandlers(ports),
  ...formFileHandlers(ports),
]
