export { removalJob, removeDeletedLocations } from './locations.jobs.js'
