import { isUuid } from '../../ids.js'
import { type AssignedRecords, isOthersRow } from '../contacts/index.js'

/** Ways of contacts through workflows. */
export const enrolmentRecords: readonly AssignedRecords[] = [
  {
    of: ['workflows.enrolments.'],
    names: ['enrolmentId'],
    thing: () => 'Enrolment',
    isForeign: async (seeing, id) => isUuid(id) && isOthersRow(seeing, 'workflowEnrolments', id),
  },
]
