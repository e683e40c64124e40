import { DELETE, GET, POST, PUT, t } from '@groundlevel/contract-kit'
import { apps } from './module.js'
import {
  AppAction,
  AppActionChanged,
  AppActionWritten,
  AppTrigger,
  AppTriggerChanged,
  AppTriggerWritten,
} from './supplied.shapes.js'

const succeeded = t.Object({ succeeded: t.Boolean() })

/** What begins workflows, supplied by an app. */
export const triggers = apps.resource('triggers', '/_ground/apps/:appId/triggers', {
  list: GET('', {
    id: 'app-triggers-list',
    summary: 'Workflow triggers of an app',
    reply: t.Object({ triggers: t.Array(AppTrigger) }),
  }),
  create: POST('', {
    id: 'app-triggers-create',
    summary: 'Define a workflow trigger; its key stays',
    body: AppTriggerWritten,
    status: 201,
    reply: t.Object({ trigger: AppTrigger }),
  }),
  update: PUT('/:triggerId', {
    id: 'app-triggers-update',
    summary: 'Change the sent parts of a workflow trigger; its version rises',
    body: AppTriggerChanged,
    reply: t.Object({ trigger: AppTrigger }),
  }),
  remove: DELETE('/:triggerId', {
    id: 'app-triggers-delete',
    summary: 'Remove a workflow trigger; workflows that have it are no longer begun by it once they are saved',
    reply: succeeded,
  }),
})

/** What workflows do, supplied by an app. */
export const actions = apps.resource('actions', '/_ground/apps/:appId/actions', {
  list: GET('', {
    id: 'app-actions-list',
    summary: 'Workflow actions of an app',
    reply: t.Object({ actions: t.Array(AppAction) }),
  }),
  create: POST('', {
    id: 'app-actions-create',
    summary: 'Define a workflow action; its key stays',
    body: AppActionWritten,
    status: 201,
    reply: t.Object({ action: AppAction }),
  }),
  update: PUT('/:actionId', {
    id: 'app-actions-update',
    summary: 'Change the sent parts of a workflow action at once, wherever it is used; its version rises',
    body: AppActionChanged,
    reply: t.Object({ action: AppAction }),
  }),
  remove: DELETE('/:actionId', {
    id: 'app-actions-delete',
    summary: 'Remove a workflow action; workflows pass it by',
    reply: succeeded,
  }),
})
