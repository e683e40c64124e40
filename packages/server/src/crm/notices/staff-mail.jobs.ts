import { createHandOver, writtenSurely } from '../../background/hand-over.js'
import type { Loop } from '../../background/loop.js'
import { ownerName } from '../../background/owner.js'
import { freePredecessors } from '../../database/leases.js'
import type { Services } from '../../services.js'
import type { NoticePorts, StaffMailer } from './ports.js'
import { staffMails } from './staff-messages.sql.js'

const atOnce = 5
/** A minute more than the mailer waits for its server. */
const leaseSeconds = 11 * 60
const minuteMs = 60_000
/** Pauses after a try that a server might accept later; after the last the mail has failed. */
const pausesMs = [1, 5, 15, 60, 240].map((minutes) => minutes * minuteMs)

type MailParts = Pick<Services, 'db' | 'clock' | 'say'> &
  Pick<NoticePorts, 'mailFrom'> & { readonly dataDir: string; readonly mailer: StaffMailer }

type StaffMailRow = Awaited<ReturnType<ReturnType<typeof staffMails>['claim']>>[number]

const hostOf = (address: string) => /@([^>\s]+)/.exec(address)?.[1] ?? 'localhost'

const mailOf = ({ id, to, from, subject, body }: StaffMailRow, mailFrom: string) => ({
  // The same id for every try, so that one who was killed before they could say so sends a mail that is known again.
  messageId: `<${id}@${hostOf(mailFrom)}>`,
  from: from ?? mailFrom,
  to: [to],
  cc: [],
  bcc: [],
  subject,
  html: body,
  attachments: [],
})

const sendOne = async ({ db, clock, mailer, mailFrom }: MailParts, mail: StaffMailRow): Promise<void> => {
  const answer = await mailer.send(mailOf(mail, mailFrom))
  const pauseMs = pausesMs[mail.attempts]
  const again = !answer.accepted && answer.again && pauseMs !== undefined
  await writtenSurely(() =>
    staffMails(db).settle(mail, {
      status: answer.accepted ? 'sent' : again ? 'pending' : 'failed',
      error: answer.accepted ? null : answer.message.slice(0, 500),
      attempts: mail.attempts + 1,
      dueAt: new Date(clock.now().getTime() + (again ? pauseMs : 0)),
    }),
  )
}

/** Hands mails to people who are no contacts to the mail server, each once it was written, again where the server wants that. */
export const staffMailLoop = (parts: MailParts): Loop => {
  const { db, clock, say, dataDir } = parts
  const owner = ownerName(dataDir)
  let freed = false
  return createHandOver({
    claim: async (limit) => {
      if (!freed) await freePredecessors(db, 'staffMessages', dataDir)
      freed = true
      return staffMails(db).claim({ owner, seconds: leaseSeconds }, clock.now(), limit)
    },
    hand: (mail) => sendOne(parts, mail),
    atOnce,
    onError: (error) => say(`Mails to staff could not be sent, trying again: ${error.message}`),
  })
}
