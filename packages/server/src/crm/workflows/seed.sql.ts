import type { Db } from '../../database/wire.js'
import { newUuid } from '../../ids.js'
import { actionsOf } from './definition.rules.js'
import { nothingSupplied } from './ports.js'
import type { Trigger } from './triggers.rules.js'
import { versionsOf } from './versions.sql.js'
import { workflowsOf } from './workflows.sql.js'

/** A workflow of the demo world. */
export interface SeedWorkflow {
  readonly name: string
  readonly status: 'draft' | 'published'
  readonly triggers: readonly Trigger[]
  readonly actions: readonly object[]
  readonly createdAt: Date
}

export const seedWorkflows = async (db: Db, locationId: string, rows: readonly SeedWorkflow[]): Promise<void> => {
  const workflows = workflowsOf(db, locationId)
  for (const { createdAt, actions, ...row } of rows) {
    const id = newUuid()
    await workflows.add(
      id,
      {
        ...row,
        actions: actionsOf(actions, () => newUuid().slice(0, 8), { custom: new Set(), supplied: nothingSupplied }),
        settings: {},
      },
      createdAt,
    )
    await versionsOf(db, locationId, id).keep(null)
    const live = row.status === 'published' ? row.triggers : []
    await workflows.setTriggers(
      id,
      live.map((trigger, position) => ({ position, type: trigger.type, trigger, token: null, nextAt: null })),
    )
  }
}
