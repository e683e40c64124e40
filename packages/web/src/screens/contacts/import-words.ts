import type { Reply } from '@groundlevel/contract-kit'
import type { contacts } from '@groundlevel/contracts'

export type Import = Reply<typeof contacts.imports.get>['import']

export const moving = (status: Import['status']) => status === 'uploading' || status === 'waiting' || status === 'running'

/** Where an import is, as the title of its page. */
export const titleOf = (job: Pick<Import, 'status' | 'dryRun'>): string => {
  if (job.status === 'failed') return 'The file could not be read'
  if (job.status === 'cancelled') return job.dryRun ? 'The trial was ended' : 'The import was ended'
  if (moving(job.status)) return job.dryRun ? 'Trying the import' : 'Importing'
  return job.dryRun ? 'What would happen' : 'Imported'
}

/** The same in a word, for a list. */
export const statusOf = (job: Pick<Import, 'status' | 'dryRun'>): string => {
  if (job.status === 'failed') return 'Not readable'
  if (job.status === 'cancelled') return 'Ended'
  if (moving(job.status)) return job.dryRun ? 'Being tried' : 'Running'
  return job.dryRun ? 'Only tried' : 'Imported'
}
