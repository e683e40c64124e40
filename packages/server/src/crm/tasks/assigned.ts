import { missing } from '@groundlevel/contract-kit'
import type { AssignedRecords } from '../../assigned.js'
import { contactRecords } from '../contacts/index.js'
import { hasTask, isOthersSeries } from './assigned.sql.js'

/** Tasks: whoever was given one does it, whoever's contact it is about. And series of tasks. */
export const taskRecords: Pick<AssignedRecords, 'task' | 'recurringTask'> = {
  task: async (seeing, taskId, params) => {
    const { contactId = '' } = params
    if (!(await hasTask(seeing, contactId, taskId))) await contactRecords.contact(seeing, contactId, params)
  },
  recurringTask: async (seeing, id) => {
    if (await isOthersSeries(seeing, id)) throw missing('Recurring task')
  },
}
