export { type FileStoreOptions, fileStore } from './file-store.js'
export { nodeWebhooks, requestOf, respond } from './messages.js'
