import type { AssignedRecords } from '../../assigned.js'
import { isUuid } from '../../ids.js'
import { demandRow } from '../contacts/index.js'

const demandSubmission = demandRow('Submission', 'formSubmissions')

/** What contacts sent in by forms and surveys. */
export const submissionRecords: Pick<AssignedRecords, 'submission'> = {
  submission: async (seeing, id, params) => {
    if (isUuid(id)) await demandSubmission(seeing, id, params)
  },
}
