import { createHash } from 'node:crypto'

/** A file that came with a mail. */
export interface MailFile {
  readonly name: string
  readonly contentType: string
  readonly content: Buffer
  /** What `cid:` links of the text call it. */
  readonly cid?: string | undefined
}

/** A mail as far as conversations need one. */
export interface ReceivedMail {
  readonly messageId: string | undefined
  readonly from: { readonly address: string; readonly name: string }
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly subject: string
  readonly text: string | undefined
  readonly html: string | undefined
  /** Message-IDs that it answers, the nearest first. */
  readonly answers: readonly string[]
  readonly files: readonly MailFile[]
  /** A report of delivery, and no letter. */
  readonly isReport: boolean
  /** No person wrote it: an absence note, a newsletter, a ticket system. */
  readonly isAutomatic: boolean
  /** What failed for good by that report. */
  readonly bounce: Bounce | undefined
}

/** What a mail server says of a mail that it could not deliver. */
export interface Bounce {
  readonly recipient: string | undefined
  /** Such as 5.1.1. */
  readonly status: string
  readonly message: string
  readonly host: string
  /** Ids of ours that the report mentions. */
  readonly emailIds: readonly string[]
}

const replyBox = 'reply'
const ownBox = 'inbox'

/** The address at which a token is written to; `reply+…` so that a mail server in front can tell such mail by its beginning. */
export const addressOf = (token: string, domain: string, own = false): string => `${own ? ownBox : replyBox}+${token}@${domain}`

/** The token in an address of ours: what follows the last plus sign. */
export const tokenOf = (address: string, domain: string): string | undefined => {
  const at = address.lastIndexOf('@')
  if (address.slice(at + 1).toLowerCase() !== domain.toLowerCase()) return undefined
  return /^(?:.*\+)?([0-9a-f]{24})$/i.exec(address.slice(0, at))?.[1]?.toLowerCase()
}

const ourId = /<([A-Za-z0-9]{20})@[^<>\s]{1,255}>/g

/** The id of one of our e-mails in its Message-ID. */
export const emailIdIn = (messageId: string): string | undefined => /^<([A-Za-z0-9]{20})@[^<>\s]+>$/.exec(messageId)?.[1]

/** A Message-ID as a header may carry it on, and an index hold it. */
export const messageIdOf = (text: string | undefined): string | undefined =>
  /^<[^<>\s\p{Cc}]{1,300}>$/u.test(text?.trim() ?? '') ? text?.trim() : undefined

/** How a mail without a Message-ID is known again: its bytes, who brought it for whom. */
export const digestOf = (source: Buffer, sender: string, token: string): Buffer =>
  createHash('sha256').update(`${token}\n${sender}\n`).update(source).digest()

const mostAnswers = 20

/** What a mail answers: what it says so of, then what came before that, the newest first. */
export const answersOf = (inReplyTo: string | undefined, references: string | readonly string[] | undefined): string[] => {
  const before = [references ?? []].flat().flatMap((each) => each.split(/\s+/))
  const all = [inReplyTo, ...before.reverse()].map(messageIdOf).filter((each) => each !== undefined)
  return [...new Set(all)].slice(0, mostAnswers)
}

/** Whether a mail says of itself that a program wrote it (RFC 3834), or says so in one of the ways from before that. */
export const isAutomatic = (header: (name: string) => string | undefined): boolean => {
  const submitted = header('auto-submitted')?.trim()
  if (submitted) return !/^no\b/i.test(submitted)
  if (/^(bulk|junk|list|auto[-_]reply)\b/i.test(header('precedence')?.trim() ?? '')) return true
  return ['x-autoreply', 'x-autorespond', 'list-id'].some((name) => header(name) !== undefined)
}

const field = (report: string, name: string) =>
  new RegExp(`^${name}:[ \\t]*(.+(?:\\r?\\n[ \\t]+.+)*)`, 'im').exec(report)?.[1]?.replace(/\s+/g, ' ').trim()

const bare = (text: string | undefined) => text?.replace(/^[\w-]+;\s*/, '').slice(0, 500)

/** Reads a report of delivery (RFC 3464): undefined where nothing failed for good. Its parts are plain text by that standard. */
export const bounceOf = (source: string): Bounce | undefined => {
  if (!/^failed\b/i.test(field(source, 'Action') ?? '')) return undefined
  const status = /\d\.\d{1,3}\.\d{1,3}/.exec(field(source, 'Status') ?? '')?.[0] ?? '5.0.0'
  return {
    recipient: bare(field(source, 'Final-Recipient')),
    status,
    message: bare(field(source, 'Diagnostic-Code')) ?? `The mail came back (${status}).`,
    host: bare(field(source, 'Reporting-MTA')) ?? '',
    emailIds: [...new Set([...source.matchAll(ourId)].map(([, id]) => id as string))].slice(0, mostAnswers),
  }
}

/** `cid:` links lead to the stored files. */
export const withFileLinks = (html: string, urls: ReadonlyMap<string, string>): string =>
  html.replace(/\bcid:([^"'\s>)]{1,300})/gi, (whole, cid: string) => urls.get(cid) ?? whole)
