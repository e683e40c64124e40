import type { Reply } from '@groundlevel/contract-kit'
import type { conversations } from '@groundlevel/contracts'
import { IconBrandWhatsapp, IconMail, IconMessage, IconMessageCircle, IconNote, IconPhone } from '@tabler/icons-react'
import { useLocationId } from '../contacts/words.js'

export type Hit = Reply<typeof conversations.conversation.search>['conversations'][number]
export type Message = Reply<typeof conversations.conversationMessages.list>['messages']['messages'][number]

/** Tags and styles of an e-mail's HTML are no words. */
export const plainOf = (text: string | null | undefined): string =>
  /<[a-z!/]/i.test(text ?? '') ? (new DOMParser().parseFromString(text ?? '', 'text/html').body.textContent ?? '') : (text ?? '')

const kinds = [
  [/COMMENT$/, 'Internal note', IconNote],
  [/EMAIL/, 'E-mail', IconMail],
  [/WHATSAPP/, 'WhatsApp', IconBrandWhatsapp],
  [/CALL|VOICEMAIL/, 'Call', IconPhone],
  [/SMS|RCS/, 'SMS', IconMessage],
] as const

/** The channel of a message in a word, with its sign. */
export const channelOf = (messageType: string | null | undefined): { readonly label: string; readonly icon: typeof IconMail } => {
  const [, label, icon] = kinds.find(([pattern]) => pattern.test(messageType ?? '')) ?? []
  return { label: label ?? 'Message', icon: icon ?? IconMessageCircle }
}

export const isEmail = (messageType: string) => /EMAIL/.test(messageType)
export const isNote = (messageType: string) => messageType === 'TYPE_INTERNAL_COMMENT'

const statuses: Readonly<Record<string, string>> = {
  pending: 'On its way',
  queued: 'On its way',
  scheduled: 'Scheduled',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  opened: 'Opened',
  clicked: 'Clicked',
  connected: 'Connected',
  failed: 'Not delivered',
  undelivered: 'Not delivered',
  opt_out: 'Refused: unsubscribed',
}

export const statusWord = (status: string | undefined): string | undefined => (status ? (statuses[status] ?? status) : undefined)

/** Milliseconds of the wire as the rest of the portal has its dates. */
export const dateOf = (ms: number | null | undefined): string => (ms ? new Date(ms).toISOString() : '')

/** Whom a conversation is with. */
export const nameOf = (row: Hit) => row.contactName || row.fullName || row.email || row.phone || 'Nameless contact'

/** The screens of conversations lie below this address. */
export const useBase = () => `/portal/sub-account/${useLocationId()}/conversations`
