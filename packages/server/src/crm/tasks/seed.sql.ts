import type { Db } from '../../database/wire.js'

/** A task of the demo world: made without an event, since nobody is to hear of it. */
export interface SeedTask {
  readonly id: string
  readonly contactId: string
  readonly title: string
  readonly body: string | null
  readonly assignedTo: string | null
  readonly dueDate: Date
  readonly completed: boolean
  readonly dateAdded: Date
}

export const seedTasks = async (db: Db, locationId: string, rows: readonly SeedTask[]): Promise<void> => {
  const values = rows.map((row) => ({ ...row, locationId, recurringTaskId: null, dateUpdated: row.dateAdded }))
  await db.insertInto('contactTasks').values(values).execute()
}
