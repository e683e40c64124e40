export { demoModule, demoPeople } from './demo.handlers.js'
export type { DemoParts } from './parts.js'
export { seedDemo } from './seed.js'
