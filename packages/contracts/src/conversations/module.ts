import { apiModule } from '@groundlevel/contract-kit'

export const conversations = apiModule({
  name: 'conversations',
  version: '2021-04-15',
  actors: ['location'],
  scope: 'conversations',
})

/** Messages have scopes of their own. */
export const messages = apiModule({
  name: 'conversations',
  version: '2021-04-15',
  actors: ['location'],
  scope: 'conversations/message',
})
