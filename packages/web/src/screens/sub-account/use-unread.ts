import { conversations } from '@groundlevel/contracts'
import { useAsk } from '../../api.js'

/** The newest unread conversations and how many there are: asked the same way wherever it is shown, so asked once. */
export const useUnread = (locationId: string) =>
  useAsk(conversations.conversation.search, { query: { locationId, status: 'unread', limit: 8 } })
