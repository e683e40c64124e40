export { type FileStoreOptions, fileStore } from './node/file-store.js'
export { nodeWebhooks, requestOf, respond } from './node/messages.js'
