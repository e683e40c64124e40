import { badRequest, found, missing } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import type { Db } from '../../database/wire.js'
import { type Context, type Implementation, implement } from '../../http/implement.js'
import { newHexId } from '../../ids.js'
import type { Apps } from '../apps/index.js'
import { demandSound } from './supplied.rules.js'
import { actionsOf, isKeyTaken, triggersOf } from './supplied.sql.js'

export interface SuppliedParts {
  readonly apps: Pick<Apps, 'ownApp'>
  readonly production: boolean
}

const mostOfAnApp = 100

/** What is written; of two that come at once with one key the database refuses one. */
const naming = async <T>(write: () => Promise<T>): Promise<T> => {
  try {
    return await write()
  } catch (error) {
    throw isKeyTaken(error) ? badRequest('The app has one of this key already.') : error
  }
}

const demandRoom = async (rows: { list(): Promise<readonly unknown[]> }) => {
  if ((await rows.list()).length >= mostOfAnApp) throw badRequest(`An app has ${mostOfAnApp} of them at most.`)
}

/** A team's own app; anybody else's is as absent as one that never was. */
const binding =
  <R>(parts: SuppliedParts, rowsOf: (db: Db, appId: string) => R) =>
  (context: Context, { appId = '' }: Record<string, string>) => ({
    mine: async (): Promise<R> => {
      found(await parts.apps.ownApp(context.person, appId), 'App')
      return rowsOf(context.db, appId)
    },
  })

const triggerHandlers = (parts: SuppliedParts): readonly Implementation[] =>
  implement(api.apps.triggers, binding(parts, triggersOf), {
    list: async (_, { mine }) => ({ triggers: await (await mine()).list() }),
    create: async ({ body }, { mine, now }) => {
      const rows = await mine()
      demandSound(body, parts.production)
      await demandRoom(rows)
      return { trigger: await naming(() => rows.add(newHexId(), body, now)) }
    },
    update: async ({ triggerId, body }, { mine, now }) => {
      const rows = await mine()
      demandSound(body, parts.production)
      return { trigger: found(await rows.change(triggerId, body, now), 'Trigger') }
    },
    remove: async ({ triggerId }, { mine }) => {
      if (!(await (await mine()).remove(triggerId))) throw missing('Trigger')
      return { succeeded: true }
    },
  })

const actionHandlers = (parts: SuppliedParts): readonly Implementation[] =>
  implement(api.apps.actions, binding(parts, actionsOf), {
    list: async (_, { mine }) => ({ actions: await (await mine()).list() }),
    create: async ({ body }, { mine, now }) => {
      const rows = await mine()
      demandSound(body, parts.production)
      await demandRoom(rows)
      return { action: await naming(() => rows.add(newHexId(), body, now)) }
    },
    update: async ({ actionId, body }, { mine, now }) => {
      const rows = await mine()
      demandSound(body, parts.production)
      return { action: found(await rows.change(actionId, body, now), 'Action') }
    },
    remove: async ({ actionId }, { mine }) => {
      if (!(await (await mine()).remove(actionId))) throw missing('Action')
      return { succeeded: true }
    },
  })

/** Workflow triggers and actions in My Apps. */
export const suppliedModule = (parts: SuppliedParts): readonly Implementation[] => [
  ...triggerHandlers(parts),
  ...actionHandlers(parts),
]
