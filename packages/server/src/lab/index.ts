export { clockModule } from './clock.handlers.js'
export { demoModule, demoPeople } from './demo/demo.handlers.js'
export type { DemoParts } from './demo/parts.js'
export { seedDemo } from './demo/seed.js'
