export { conversation } from './conversation.contract.js'
export { conversationMessages, emails, messages } from './messages.contract.js'
export { appProviders, providers } from './providers.contract.js'
