import type { RouteObject } from 'react-router'
import { lazily } from '../lazily.js'

/** What is said with contacts. */
export const conversations: RouteObject = {
  path: 'conversations',
  handle: { crumb: 'Conversations' },
  children: [
    { index: true, lazy: lazily(() => import('./inbox.js'), 'Inbox') },
    { path: 'outbox', handle: { crumb: 'Outbox' }, lazy: lazily(() => import('./outbox.js'), 'Outbox') },
    { path: ':conversationId', lazy: lazily(() => import('./inbox.js'), 'Inbox') },
  ],
}
