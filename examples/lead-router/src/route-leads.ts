import {
  ApiError,
  createClient,
  createWebhookReceiver,
  Disconnected,
  type WebhookEvent,
  type WebhookReceiver,
} from '@groundlevel/app-kit'
import type { Arrivals } from './arrivals.js'
import type { Clients } from './clients.js'
import type { Settings } from './settings.js'

/** What this app does for a living: every new contact gets this tag. */
const tag = 'routed'

interface Parts {
  readonly settings: Settings
  readonly clients: Clients
  readonly arrivals: Arrivals
}

/** Routes a new contact. Resolves with what was done, in words for the page; throws for what a later attempt may mend. */
const route = async ({ settings, clients }: Parts, event: WebhookEvent<'ContactCreate'>): Promise<string> => {
  const { locationId, id: contactId } = event
  const client = await clients.byAppId(event.appId)
  if (client === undefined) return 'Not routed: this is another app’s, whose key is not known here'
  if (!locationId || !contactId) return 'Not routed: it names no contact of a sub-account'
  const api = createClient({ baseUrl: settings.platformUrl, token: client.oauth.tokenFor({ locationId }) })
  try {
    const { contact } = await api.contacts.contact.get({ contactId })
    // Our own change comes back as another event; the tag tells that the work is done.
    if (contact.tags.includes(tag)) return `Already tagged “${tag}”`
    await api.contacts.tags.add({ contactId, body: { tags: [tag] } })
    return `Tagged “${tag}”`
  } catch (error) {
    if (error instanceof Disconnected) return 'Not routed: this sub-account is not connected, use Connect'
    if (error instanceof ApiError && error.status < 429) return `Not routed: ${error.messages.join('; ')}`
    throw error
  }
}

/** The webhook side: verifies with the platform's published keys, routes leads, keeps what arrived for the page. */
export const leadReceiver = (parts: Parts): WebhookReceiver => {
  const { settings, arrivals } = parts
  const notes = new Map<string, string>()
  return createWebhookReceiver({
    keys: `${settings.platformUrl}/.well-known/webhook-keys`,
    onError: (error, event) =>
      arrivals.add({
        verified: true,
        note: `Failed, to be sent again: ${(error as Error).message}`,
        body: JSON.stringify(event),
      }),
  })
    .on('ContactCreate', async (event) => void notes.set(event.webhookId, await route(parts, event)))
    .onAny((event, { rawBody }) => {
      arrivals.add({ verified: true, note: notes.get(event.webhookId) ?? '', body: rawBody })
      notes.delete(event.webhookId)
    })
    .onRefused(({ status, reason, rawBody }) =>
      arrivals.add({ verified: false, note: `Refused (${status}): ${reason}`, body: rawBody }),
    )
}
