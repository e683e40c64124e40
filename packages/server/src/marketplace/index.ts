export * from './apps/index.js'
export * from './store/index.js'
