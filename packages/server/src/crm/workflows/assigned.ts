import type { AssignedRecords } from '../../assigned.js'
import { isUuid } from '../../ids.js'
import { demandRow } from '../contacts/index.js'

const demandEnrolment = demandRow('Enrolment', 'workflowEnrolments')

/** Ways of contacts through workflows. */
export const enrolmentRecords: Pick<AssignedRecords, 'enrolment'> = {
  enrolment: async (seeing, id, params) => {
    if (isUuid(id)) await demandEnrolment(seeing, id, params)
  },
}
