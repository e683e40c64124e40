export { eraseTraces, erasureJob } from './erasures.jobs.js'
export { removalJob, removeDeletedLocations } from './locations.jobs.js'
export { protectionModule } from './person.handlers.js'
