import { isUuid } from '../../ids.js'
import { type AssignedRecords, isOthersRow } from '../contacts/index.js'

/** What contacts sent in by forms and surveys. */
export const submissionRecords: readonly AssignedRecords[] = [
  {
    of: ['forms.formSubmissions.', 'surveys.surveySubmissions.'],
    names: ['submissionId'],
    thing: () => 'Submission',
    isForeign: async (seeing, id) => isUuid(id) && isOthersRow(seeing, 'formSubmissions', id),
  },
]
