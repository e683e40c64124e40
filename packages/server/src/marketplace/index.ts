export { appSnapshotModule, type Brought, bringAppSnapshot, broughtBy, type OfferedSnapshot } from './app-snapshots/index.js'
export { type AppSettings, type Apps, type AppsParts, appsModule, createApps, logoFault, webhookUrlFault } from './apps/index.js'
export {
  createInstalls,
  type Installs,
  type InstallWork,
  installsModule,
  relationshipNumber,
  type UninstallWork,
  type Work,
} from './installs/index.js'
export { storeModule } from './store/index.js'
export { type AppAction, type AppTrigger, type Supplied, suppliedModule, suppliedTo } from './supplied/index.js'
