import { badRequest, forbidden, found, Json } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { type Context, implement } from '../../http/implement.js'
import { conversationsOf } from './conversations.sql.js'
import { emailsOf } from './emails.sql.js'
import { exportPage } from './export.js'
import { takesAttachments, typesOf } from './messages.rules.js'
import { type HeldMessage, messagePage, messagesOf } from './messages.sql.js'
import type { TalkPorts } from './ports.js'
import { type Provider, providerChoice, providersOf } from './providers.sql.js'
import { logMessage } from './receiving.js'
import { replyToReview } from './reviews.js'
import { cancelScheduled } from './scheduling.js'
import { sendMessage } from './sending.js'
import { statusReport } from './statuses.js'
import { strangerReport } from './strangers.js'
import { namedProvider } from './ways.js'
import { workOf } from './work.js'

type Asking = Pick<Context, 'db' | 'locationId' | 'companyId' | 'principal' | 'userId'>

const sourceOf = ({ principal }: Pick<Context, 'principal'>) => (principal.source === 'session' ? 'app' : 'api')

/**
 * The provider that a message is said to have come by. Apps name theirs, unless the sub-account has chosen it for the channel;
 * people and private tokens may log what came by none.
 *
 * @throws WireError 400 in the words that programs know
 */
const loggingProvider = async (
  ports: TalkPorts,
  asking: Asking,
  { type, conversationProviderId }: { type: string; conversationProviderId?: string | undefined },
): Promise<Provider | undefined> => {
  const { principal, db, locationId } = asking
  if (conversationProviderId) {
    const provider = await namedProvider(ports, asking, conversationProviderId, type)
    if (principal.source === 'oauth' && provider.appId !== principal.appId)
      throw badRequest('Incorrect conversationProviderId/type')
    return provider
  }
  const chosen = type === 'SMS' || type === 'Email' ? await providerChoice(db, locationId).of(type) : undefined
  if (principal.source !== 'oauth' && type !== 'Call') return chosen
  if (chosen && chosen.appId === principal.appId) return chosen
  throw badRequest('No conversationProviderId passed in body')
}

const dateOf = (text: string | undefined) => (text === undefined ? undefined : new Date(text))
const listOf = (value: string | string[] | undefined) => (typeof value === 'string' ? [value] : value)

/** The message's own provider app, and nobody else. */
export const demandOwner = async (
  { db, principal }: Pick<Context, 'db' | 'principal'>,
  { conversationProviderId }: Pick<HeldMessage, 'conversationProviderId'>,
): Promise<void> => {
  const provider = conversationProviderId === null ? undefined : await providersOf(db).byId(conversationProviderId)
  if (provider && principal.source === 'oauth' && provider.appId === principal.appId) return
  throw forbidden(
    'Only the conversation provider of this message may update its status.',
    provider ? 'The token belongs to another app than the provider.' : 'The message did not go through a conversation provider.',
  )
}

/** Messages: sent, told of, read, cancelled. */
export const messageHandlers = (ports: TalkPorts, wakeMail: () => void) =>
  implement(api.conversations.messages, (context) => ({ context, messages: messagesOf(context.db, context.locationId) }), {
    send: async ({ body }, { context, userId }) => {
      const { scheduledTimestamp, userId: named, locationId: _, ...draft } = body
      const scheduledAt = scheduledTimestamp === undefined ? undefined : new Date(scheduledTimestamp * 1000)
      const author = { source: sourceOf(context), userId: userId ?? named ?? null } as const
      const { msg, ...sent } = await sendMessage(ports, workOf(context), { ...draft, scheduledAt, ...author }, wakeMail)
      const { isForwarded: __, toEmail, ...forward } = body.forward ?? { isForwarded: false }
      const forwardData = { ...forward, ...(toEmail ? { forwardToEmail: toEmail } : {}) }
      return { ...sent, msg, ...(body.forward?.isForwarded ? { forwardData } : {}) }
    },

    inbound: async ({ body }, { context, userId }) => {
      const provider = await loggingProvider(ports, context, body)
      const { date, emailTo, direction = 'inbound', ...rest } = body
      const more = { at: dateOf(date), emailTo: listOf(emailTo), direction, source: sourceOf(context), userId } as const
      const logged = await logMessage(workOf(context), { ...rest, ...more }, provider)
      return { success: true, ...logged, message: 'Message added successfully' }
    },

    outbound: async ({ body }, { context, userId }) => {
      const provider = await loggingProvider(ports, context, body)
      const { date, ...rest } = body
      const more = { at: dateOf(date), direction: 'outbound', source: sourceOf(context), userId } as const
      const logged = await logMessage(workOf(context), { ...rest, ...more }, provider)
      return { success: true, ...logged, message: 'Message added successfully' }
    },

    reviewReply: async ({ body }, { context, userId }) =>
      replyToReview(workOf(context), { ...body, source: sourceOf(context), userId }),

    export: async ({ query }, { db, locationId, principal: { onlyAssignedTo } }) =>
      exportPage(db, locationId, { ...query, onlyAssignedTo }),

    get: async ({ id }, { messages }) => ({ message: found(await messages.find(id), 'Message') }),

    cancel: async ({ messageId }, { context, messages }) => {
      found(await messages.read(messageId), 'Message')
      return cancelScheduled(workOf(context), messageId, undefined)
    },

    setStatus: async ({ messageId, body }, { context, messages }) => {
      const held = await messages.hold(messageId)
      if (!held && (await strangerReport(ports, context, messageId, body)))
        return { conversationId: '', messageId, status: body.status }
      const message = found(held, 'Message')
      await demandOwner(context, message)
      const email = body.emailMessageId
        ? found(await emailsOf(context.db, context.locationId).hold(body.emailMessageId), 'Email message')
        : undefined
      return statusReport(workOf(context), message, email, body)
    },

    setAttachments: async ({ messageId, body: { attachments } }, { messages, now }) => {
      const message = found(await messages.hold(messageId), 'Message')
      if (!takesAttachments(message)) throw forbidden('Message type does not support attachment updates')
      await messages.change(messageId, { attachments: [...attachments] }, now)
      return { success: true, message: found(await messages.find(messageId), 'Message') }
    },
  })

/** The lines of one conversation. */
export const conversationMessageHandlers = () =>
  implement(
    api.conversations.conversationMessages,
    ({ db, locationId }) => ({ conversations: conversationsOf(db, locationId) }),
    {
      list: async ({ conversationId, query }, { db, locationId, conversations }) => {
        const { limit, lastMessageId } = query
        const page = await messagePage(db, locationId, { conversationId, lastMessageId, types: typesOf(query.type), limit })
        if (page.length === 0) found(await conversations.contactOf(conversationId), 'Conversation')
        const shown = page.slice(0, limit)
        const last = shown.at(-1)?.value.id
        const end = last === undefined ? '' : `"lastMessageId":${JSON.stringify(last)},`
        const rows = shown.map(({ text }) => text).join(',')
        return { messages: new Json<never>(`{${end}"nextPage":${page.length > limit},"messages":[${rows}]}`) }
      },
    },
  )

/** Single e-mails of threads. */
export const emailHandlers = () =>
  implement(api.conversations.emails, (context) => ({ context, emails: emailsOf(context.db, context.locationId) }), {
    get: async ({ id }, { emails }) => found(await emails.find(id), 'Email message'),
    cancel: async ({ emailMessageId }, { context, emails }) => {
      const email = found(await emails.read(emailMessageId), 'Email message')
      return cancelScheduled(workOf(context), email.messageId, email)
    },
  })
