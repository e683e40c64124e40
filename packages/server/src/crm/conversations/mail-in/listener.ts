import type { AddressInfo } from 'node:net'
import type { SMTPServer, SMTPServerDataStream, SMTPServerSession } from 'smtp-server'
import { exitCodes, StartError } from '../../../database/start-error.js'
import { type MailBox, mailBox } from './addresses.sql.js'
import { parseMail } from './parsing.js'
import { digestOf, tokenOf } from './received.rules.js'
import { type MailInParts, Refused, receiveMail } from './receiving-mail.js'

/** Where mail comes in. */
export interface MailInSettings {
  readonly host: string
  /** 0 for any free one. */
  readonly port: number
  /** What follows the @ of the addresses that are ours. */
  readonly domain: string
}

/** Counts what one address on the network does, and says when it is too much. */
export interface MailLimits {
  count(name: string): { readonly allowed: boolean }
}

export interface MailListener {
  /** Resolves with the port. @throws StartError where it cannot listen */
  start(): Promise<number>
  stop(): Promise<void>
}

const mostBytes = 25 * 1_048_576
const mostClients = 20
const mostRecipients = 10
const idleMs = 60_000

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })
const busy = () => refusal(421, '4.7.0 Too much at once; try again later')

const readAll = (stream: SMTPServerDataStream): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    let chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => {
      if (stream.sizeExceeded) chunks = []
      else chunks.push(chunk)
    })
    stream.on('error', reject)
    stream.on('end', () =>
      stream.sizeExceeded ? reject(refusal(552, '5.3.4 The mail is larger than 25 MB')) : resolve(Buffer.concat(chunks)),
    )
  })

const cannotListen = ({ code }: NodeJS.ErrnoException, host: string, port: number) =>
  code === 'EADDRINUSE'
    ? new StartError(
        `Port ${port} on ${host}, for mail that comes in, is taken by another program: stop it, or choose another with --mail-port or GROUNDLEVEL_MAIL_PORT.`,
        exitCodes.unavailable,
      )
    : new StartError(
        `No mail can come in at ${host}:${port} (${code}): choose another with GROUNDLEVEL_MAIL_PORT and GROUNDLEVEL_MAIL_HOST.`,
        exitCodes.setting,
      )

const listening = (server: SMTPServer, { host, port }: MailInSettings) =>
  new Promise<number>((resolve, reject) => {
    // Once it listens: a connection that breaks off, which is the other side's business.
    server.on('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)))
    server.listen(port, host, () => resolve((server.server.address() as AddressInfo).port))
  })

/**
 * A small mail server that takes mail for the addresses it has given out, and for no others: nothing is passed on, so nobody signs
 * in. One that is passed the same mail twice keeps it once; what it could not keep it asks to be brought again.
 */
export const createMailListener = (parts: MailInParts, settings: MailInSettings, limits: MailLimits): MailListener => {
  const { domain } = settings
  const boxOf = (address: string): Promise<MailBox | undefined> => {
    const token = tokenOf(address, domain)
    return token === undefined ? Promise.resolve(undefined) : mailBox(parts.db, token)
  }
  const within = ({ remoteAddress }: SMTPServerSession) => limits.count(`mail ${remoteAddress}`).allowed

  const demandBox = async (address: string, session: SMTPServerSession): Promise<void> => {
    if (!within(session)) throw busy()
    if (session.envelope.rcptTo.length >= mostRecipients) throw refusal(452, '4.5.3 Too many recipients')
    if (!(await boxOf(address))) throw refusal(550, '5.1.1 No such address here; mail is not passed on')
  }

  const take = async (stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<void> => {
    const source = await readAll(stream)
    // What no parser takes today it will not take tomorrow.
    const read = await parseMail(source).catch((error: Error) => {
      throw new Refused(`It cannot be read: ${error.message}`)
    })
    // Who wants no answer, not even that it could not be delivered, is a program (RFC 3834 §3.3).
    const sender = envelope.mailFrom ? envelope.mailFrom.address : ''
    const mail = { ...read, isAutomatic: read.isAutomatic || sender === '' }
    if (mail.from.address.endsWith(`@${domain.toLowerCase()}`)) throw new Refused('It comes from here.')
    const tokens = new Set<string>()
    for (const { address } of envelope.rcptTo) {
      const box = await boxOf(address)
      if (!box || tokens.has(box.token)) continue
      tokens.add(box.token)
      await receiveMail(parts, box, mail, digestOf(source, sender, box.token))
    }
  }

  const answerOf = (error: unknown) => {
    if (error instanceof Refused) return refusal(550, `5.7.1 ${error.message}`)
    if ((error as { responseCode?: number }).responseCode) return error as Error
    parts.say(`A mail could not be kept, and will be brought again: ${(error as Error).message}`)
    return refusal(451, '4.3.0 It could not be kept; try again later')
  }

  let server: SMTPServer | undefined
  const open = async () => {
    const { SMTPServer: Server } = await import('smtp-server')
    return new Server({
      name: domain,
      banner: 'mail for conversations',
      // Whoever wants mail encrypted on its way puts a mail server in front, which has a certificate.
      disabledCommands: ['AUTH', 'STARTTLS'],
      authOptional: true,
      size: mostBytes,
      maxClients: mostClients,
      socketTimeout: idleMs,
      closeTimeout: 2_000,
      disableReverseLookup: true,
      onConnect: (session, done) => done(within(session) ? null : busy()),
      onRcptTo: ({ address }, session, done) =>
        void demandBox(address, session).then(
          () => done(),
          (error) => done(answerOf(error)),
        ),
      onData: (stream, session, done) =>
        void take(stream, session).then(
          () => done(),
          (error) => done(answerOf(error)),
        ),
    })
  }
  return {
    start: async () => {
      server = await open()
      const port = await listening(server, settings)
      parts.say(`Mail comes in at ${settings.host}:${port}, for addresses that end in @${domain}.`)
      return port
    },
    stop: () => new Promise((resolve) => (server ? server.close(() => resolve()) : resolve())),
  }
}
