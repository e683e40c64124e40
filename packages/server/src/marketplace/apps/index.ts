import type { Implementation } from '../../http/implement.js'
import { keyHandlers } from '../credentials/index.js'
import { appHandlers, appInstallHandlers } from './apps.handlers.js'
import type { AppsParts } from './parts.js'
import { referenceHandlers } from './reference.handlers.js'

export { webhookUrlFault } from './addresses.rules.js'
export type { App, AppSettings } from './app.js'
export { type Apps, createApps } from './apps.js'
export { logoFault } from './logo.rules.js'
export type { AppInstalls, AppsParts, ShownInstall } from './parts.js'

/** My Apps: apps, their keys, where they are installed, the scope catalogue. */
export const appsModule = (parts: AppsParts): readonly Implementation[] => [
  ...appHandlers(parts),
  ...keyHandlers(parts),
  ...appInstallHandlers(parts),
  ...referenceHandlers(),
]
