export { type StoreParts, storeModule } from './store.handlers.js'
