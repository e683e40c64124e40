import { badRequest, found, missing } from '@groundlevel/contract-kit'
import { mailTypes } from './channels.rules.js'
import { emailsOf, type HeldEmail } from './emails.sql.js'
import { messagesOf } from './messages.sql.js'
import type { TalkPorts, Texts } from './ports.js'
import type { Draft, Recipient } from './sending.js'
import { bareAddress, escaped, isMailbox, mailbox, replySubject } from './texts.rules.js'
import type { Work } from './work.js'

/** An e-mail with everything that a request leaves open filled in. */
export interface EmailDraft {
  readonly subject: string
  readonly html?: string
  readonly text?: string
  readonly from: string
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly bcc: readonly string[]
  readonly attachments: readonly string[]
  /** The message that is its thread; absent: it begins one. */
  readonly threadId?: string
  readonly replyTo?: HeldEmail
}

type Asked = Draft & { readonly texts: Texts; readonly attachments: readonly string[] }

const own = ({ email, additionalEmails = [] }: Recipient): string[] =>
  [email, ...additionalEmails.map((each) => (typeof each === 'string' ? each : (each as { email?: string } | null)?.email))]
    .filter((each) => each !== undefined)
    .map((each) => each.toLowerCase())

const addressOf = (asked: Asked, recipient: Recipient): string => {
  if (asked.forward?.isForwarded && asked.forward.toEmail) return asked.forward.toEmail
  const { emailTo } = asked
  if (emailTo === undefined) return recipient.email ?? ''
  if (!own(recipient).includes(emailTo.toLowerCase())) throw badRequest('emailTo must be an e-mail address of the contact.')
  return emailTo
}

/** The e-mail that is answered, and its thread. */
const answered = async (
  { db, locationId }: Work,
  { replyMessageId, threadId, contactId }: Asked,
): Promise<Pick<EmailDraft, 'threadId' | 'replyTo'>> => {
  const emails = emailsOf(db, locationId)
  if (replyMessageId) {
    const replyTo = (await emails.read(replyMessageId)) ?? (await emails.ofThread(replyMessageId)).at(-1)
    if (!replyTo || replyTo.contactId !== contactId) throw missing('Email message')
    return { threadId: replyTo.messageId, replyTo }
  }
  if (!threadId) return {}
  const thread = found(await messagesOf(db, locationId).hold(threadId), 'Thread')
  if (thread.contactId !== contactId || !mailTypes.includes(thread.messageType)) throw missing('Thread')
  const replyTo = (await emails.ofThread(threadId)).at(-1)
  return { threadId, ...(replyTo ? { replyTo } : {}) }
}

const others = (replyTo: HeldEmail | undefined, mode: Draft['emailReplyMode'], but: readonly string[]): string[] => {
  if (!replyTo || mode !== 'reply_all') return []
  const beside = replyTo.direction === 'inbound' ? replyTo.cc : [...replyTo.to, ...replyTo.cc]
  return beside.filter((address) => !but.includes(bareAddress(address)))
}

const forwarded = async ({ db, locationId }: Work, { forward }: Asked): Promise<HeldEmail[]> => {
  if (!forward?.isForwarded) return []
  const emails = emailsOf(db, locationId)
  if (forward.forwardWholeThread) {
    const thread = forward.messageId ? await emails.ofThread(forward.messageId) : []
    if (thread.length === 0) throw missing('Thread')
    return thread
  }
  if (!forward.emailMessageId) throw badRequest('forward.emailMessageId is required to forward one e-mail')
  return [found(await emails.read(forward.emailMessageId), 'Email message')]
}

const quoted = (email: HeldEmail) =>
  `<hr><p>From: ${escaped(email.from)}<br>Date: ${email.dateAdded.toISOString()}<br>Subject: ${escaped(email.subject ?? '')}<br>To: ${escaped(email.to.join(', '))}</p>${email.contentType === 'text/html' ? email.body : `<pre>${escaped(email.body)}</pre>`}`

const contentOf = (texts: Texts, sources: readonly HeldEmail[]) => {
  const html = texts.html ?? (sources.length > 0 ? `<p>${escaped(texts.body ?? '')}</p>` : undefined)
  return {
    ...(html === undefined ? {} : { html: html + sources.map(quoted).join('') }),
    ...(texts.body === undefined ? {} : { text: texts.body }),
  }
}

const senderOf = async (ports: TalkPorts, { locationId }: Work, emailFrom: string | undefined) => {
  if (emailFrom === undefined) return mailbox((await ports.location(locationId))?.name ?? '', ports.mailFrom)
  if (!isMailbox(emailFrom)) throw badRequest('emailFrom must be an e-mail address, or a name with an address in angle brackets.')
  return emailFrom
}

const subjectOf = (texts: Texts, replyTo: HeldEmail | undefined, [source]: readonly HeldEmail[]) => {
  if (texts.subject !== undefined) return texts.subject
  if (source) return `Fwd: ${source.subject ?? ''}`
  return replyTo ? replySubject(replyTo.subject) : ''
}

/** @throws WireError 400 for an address that is none or not the contact's, or a thread that is not there */
export const draftEmail = async (ports: TalkPorts, work: Work, asked: Asked, recipient: Recipient): Promise<EmailDraft> => {
  const to = addressOf(asked, recipient)
  const [{ threadId, replyTo }, sources, from] = [
    await answered(work, asked),
    await forwarded(work, asked),
    await senderOf(ports, work, asked.emailFrom),
  ]
  const cc = [...(asked.emailCc ?? []), ...others(replyTo, asked.emailReplyMode, [to.toLowerCase(), bareAddress(from)])]
  return {
    ...contentOf(asked.texts, sources),
    subject: subjectOf(asked.texts, replyTo, sources),
    from,
    to: [to],
    cc: [...new Set(cc)],
    bcc: [...(asked.emailBcc ?? [])],
    attachments: [...asked.attachments, ...sources.flatMap((source) => source.attachments)],
    ...(threadId ? { threadId } : {}),
    ...(replyTo ? { replyTo } : {}),
  }
}
