export {
  type App,
  type AppInstalls,
  type AppSettings,
  type Apps,
  type AppsParts,
  appsModule,
  createApps,
  type KnownClient,
} from './apps/index.js'
export { createInstalls, type InstallRow, type Installs, type InstallsModuleParts, installsModule } from './installs/index.js'
export { type StoreParts, storeModule } from './store/index.js'
