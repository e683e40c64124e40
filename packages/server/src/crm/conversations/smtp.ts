import { setTimeout as pause } from 'node:timers/promises'
import type { Mail, MailAnswer, Mailer } from './ports.js'
import { bareAddress } from './texts.rules.js'

interface SmtpError {
  readonly code?: string
  readonly responseCode?: number
  readonly response?: string
  readonly message: string
}

const connectMs = 5_000
/** A server that has the whole mail may look at it for ten minutes; who leaves earlier sends it twice (RFC 5321 §4.5.3.2.6). */
const deadlineMs = 600_000

const hostOf = (url: string) => new URL(url).hostname

/** What a server that did not answer, or answered 4xx, may do later; 5xx is its last word. */
const refusalOf = ({ responseCode, response, code, message }: SmtpError) => {
  const status = responseCode ?? 0
  return { accepted: false, code: status, message: response ?? `${code ?? 'error'}: ${message}`, again: status < 500 }
}

const partsOf = ({ attachments, text, html, replyTo, ...mail }: Mail) => ({
  from: mail.from,
  to: [...mail.to],
  cc: [...mail.cc],
  bcc: [...mail.bcc],
  subject: mail.subject,
  messageId: mail.messageId,
  ...(replyTo ? { replyTo, envelope: { from: replyTo, to: [...mail.to, ...mail.cc, ...mail.bcc].map(bareAddress) } } : {}),
  ...(mail.automatic ? { headers: { 'Auto-Submitted': 'auto-generated' } } : {}),
  ...(mail.inReplyTo ? { inReplyTo: mail.inReplyTo } : {}),
  ...(mail.references?.length ? { references: [...mail.references] } : {}),
  ...(html === undefined ? {} : { html }),
  text: [text ?? '', ...attachments.map((url) => `Attachment: ${url}`)].filter(Boolean).join('\n\n'),
  // Addresses come from people: nothing in them may be read from our disk or fetched.
  disableFileAccess: true,
  disableUrlAccess: true,
})

/**
 * The way to a mail server: `smtp://user:password@host:587`, or `smtps://…:465`. Connections are pooled; attachments go along
 * as addresses, which open without signing in.
 */
export const createMailer = (url: string): Mailer => {
  const host = hostOf(url)
  const transport = import('nodemailer').then(({ createTransport }) =>
    createTransport({
      url,
      pool: true,
      maxConnections: 5,
      connectionTimeout: connectMs,
      greetingTimeout: connectMs,
      socketTimeout: deadlineMs,
    } as object),
  )
  const send = async (mail: Mail): Promise<Omit<MailAnswer, 'seconds' | 'host'>> => {
    try {
      const told = (await (await transport).sendMail(partsOf(mail))) as { response?: string }
      const response = told.response ?? '250 OK'
      return { accepted: true, code: Number.parseInt(response, 10) || 250, message: response, again: false }
    } catch (error) {
      return refusalOf(error as SmtpError)
    }
  }
  const late = { accepted: false, code: 0, message: `No answer within ${deadlineMs / 1000} s.`, again: true }
  return {
    send: async (mail) => {
      const startedAt = performance.now()
      const over = new AbortController()
      const answer = await Promise.race([
        send(mail),
        pause(deadlineMs, late, { ref: false, signal: over.signal }).catch(() => late),
      ])
      over.abort()
      return { ...answer, host, seconds: (performance.now() - startedAt) / 1000 }
    },
    close: () => void transport.then((made) => made.close()),
  }
}
