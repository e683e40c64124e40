import type { Migration } from '../migrate.js'

/** The outbox lists by another index: this one only cost every message that went out (decision 0050). */
export const messagesAtSpeed: Migration = {
  id: '0038-messages-at-speed',
  sql: `
drop index "messages_outbox";
`,
}
