import { badRequest } from '@groundlevel/contract-kit'
import { type MessageType, messageNumbers } from '@groundlevel/contracts'

/** What a channel needs, and under which names it is known. */
export interface Channel {
  readonly messageType: MessageType
  /** Its name in events. */
  readonly event: string
  /** The do-not-disturb setting that it obeys. */
  readonly dnd?: 'Call' | 'Email' | 'SMS' | 'WhatsApp' | 'GMB' | 'FB' | 'RCS'
  readonly needs?: 'phone' | 'email'
  /** It has subjects, and one line for a thread of them. */
  readonly isMail?: true
  /** Of a conversation that begins with it. */
  readonly conversationType: number
}

const phone = 1
const social = 3

const sms: Channel = { messageType: 'TYPE_SMS', event: 'SMS', dnd: 'SMS', needs: 'phone', conversationType: phone }
const call: Channel = { messageType: 'TYPE_CALL', event: 'CALL', dnd: 'Call', conversationType: phone }
const chat: Channel = { messageType: 'TYPE_LIVE_CHAT', event: 'Live Chat', conversationType: phone }

const channels: Readonly<Record<string, Channel>> = {
  SMS: sms,
  RCS: { ...sms, messageType: 'TYPE_RCS', event: 'RCS', dnd: 'RCS' },
  Email: { messageType: 'TYPE_EMAIL', event: 'Email', dnd: 'Email', needs: 'email', isMail: true, conversationType: phone },
  WhatsApp: { ...sms, messageType: 'TYPE_WHATSAPP', event: 'WhatsApp', dnd: 'WhatsApp' },
  IG: { messageType: 'TYPE_INSTAGRAM', event: 'IG', conversationType: social },
  FB: { messageType: 'TYPE_FACEBOOK', event: 'FB', dnd: 'FB', conversationType: social },
  GMB: { messageType: 'TYPE_GMB', event: 'GMB', dnd: 'GMB', conversationType: phone },
  Custom: {
    messageType: 'TYPE_CUSTOM_EMAIL',
    event: 'Custom',
    dnd: 'Email',
    needs: 'email',
    isMail: true,
    conversationType: phone,
  },
  WebChat: { messageType: 'TYPE_WEBCHAT', event: 'Webchat', conversationType: phone },
  Live_Chat: chat,
  ALL_IN_ONE_CHAT: chat,
  Call: call,
  IVR_Call: { ...call, messageType: 'TYPE_IVR_CALL' },
  Campaign_Call: { ...call, messageType: 'TYPE_CAMPAIGN_CALL' },
  Campaign_VoiceMail: { ...call, messageType: 'TYPE_CAMPAIGN_VOICEMAIL', event: 'VoiceMail' },
  TIKTOK: { messageType: 'TYPE_TIKTOK', event: 'TIKTOK', conversationType: social },
  FORM_SUBMISSION: { messageType: 'TYPE_FORM_SUBMISSION', event: 'Form Submission', conversationType: phone },
  InternalComment: { messageType: 'TYPE_INTERNAL_COMMENT', event: 'InternalComment', conversationType: phone },
  Review: { messageType: 'TYPE_REVIEW', event: 'Review', conversationType: 4 },
}

/** `Custom` of an SMS provider: whoever it reaches need not have a number. */
const customSms: Channel = { messageType: 'TYPE_CUSTOM_SMS', event: 'Custom', dnd: 'SMS', conversationType: phone }

/** Through a provider that is an extra beside the sub-account's own, a channel has types of its own. */
const extra: Readonly<Record<string, MessageType>> = {
  SMS: 'TYPE_CUSTOM_PROVIDER_SMS',
  Email: 'TYPE_CUSTOM_PROVIDER_EMAIL',
  Call: 'TYPE_CUSTOM_CALL',
}

export const channelOf = (type: string, provider?: { readonly custom: boolean; readonly type: string }): Channel => {
  const channel = channels[type]
  if (!channel) throw badRequest(`There is no channel ${type}.`)
  const outside = provider && (provider.custom || provider.type === 'Call') ? extra[type] : undefined
  if (type === 'Custom' && provider?.type === 'SMS') return customSms
  return { ...channel, messageType: outside ?? channel.messageType }
}

const byMessageType = new Map(
  [...Object.values(channels), ...Object.entries(extra).map(([type, messageType]) => ({ ...channels[type], messageType }))].map(
    (channel) => [channel.messageType as string, channel as Channel],
  ),
)

/** Types of messages that are threads of e-mails. */
export const mailTypes: readonly string[] = [...byMessageType.values()]
  .filter(({ isMail }) => isMail)
  .map(({ messageType }) => messageType)

/** The name of a stored message's channel in events. */
export const eventNameOf = (messageType: string): string =>
  byMessageType.get(messageType)?.event ?? messageType.replace(/^TYPE_/, '')

export const numberOf = (messageType: string): number => messageNumbers[messageType as MessageType] ?? 0

export const isCall = (messageType: string): boolean => messageType.endsWith('CALL') || messageType.endsWith('VOICEMAIL')

interface Dnd {
  readonly dnd?: boolean
  readonly dndSettings?: Readonly<Record<string, { readonly status?: string } | undefined>>
}

/** Whether the contact has asked not to be reached this way. */
export const isRefused = ({ dnd, dndSettings }: Dnd, channel: Channel): boolean => {
  if (!channel.dnd) return false
  if (dnd) return true
  const status = dndSettings?.[channel.dnd]?.status
  return status === 'active' || status === 'permanent'
}

/** The sentence that programs look for. */
export const dndRefusal = (channel: Channel): string => `Cannot send message as DND is active for ${channel.dnd}.`

const stops: ReadonlySet<string> = new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit'])
const starts: ReadonlySet<string> = new Set(['start', 'unstop'])

/** What a contact asks for with a message that is nothing but such a word, as carriers understand it. */
export const wishIn = (channel: Channel, text: string | undefined | null) => {
  if (channel.needs !== 'phone' || !channel.dnd || !text || text.length > 40) return undefined
  const word = text.toLowerCase().replace(/[^a-z]/g, '')
  if (stops.has(word)) return { status: 'active', message: 'The contact replied STOP.', code: 'STOP' } as const
  return starts.has(word) ? ({ status: 'inactive', message: 'The contact replied START.', code: 'START' } as const) : undefined
}
