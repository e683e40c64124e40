import { unprocessable } from '@groundlevel/contract-kit'
import { messageTypes } from '@groundlevel/contracts'

const known: ReadonlySet<string> = new Set(messageTypes)

/** Types after commas; the document writes one of them in the plural. */
export const typesOf = (text: string | undefined): string[] => {
  const names = (text ?? '')
    .split(',')
    .map((name) => name.trim().replace('TYPE_INTERNAL_COMMENTS', 'TYPE_INTERNAL_COMMENT'))
    .filter(Boolean)
  const strange = names.filter((name) => !known.has(name))
  if (strange.length > 0) throw unprocessable(strange.map((name) => `type must be a valid enum value, which ${name} is not`))
  return names
}

/** A call's own subtype, or that of messages that came by an app. */
export const takesAttachments = ({ messageType, subType }: { readonly messageType: string; readonly subType: string | null }) =>
  messageType === 'TYPE_CUSTOM_CALL' || (messageType === 'TYPE_CALL' && subType === 'EXTERNAL_CALL')

const statusRanks = ['pending', 'failed', 'delivered', 'read']

/** What providers report may come late and out of order: a message that was read stays read. */
export const nextStatus = (before: string, reported: string): string => {
  if (before === 'read' && reported !== 'failed') return before
  return statusRanks.includes(before) || before === 'sent' ? reported : before
}
