import type { Job } from '../../background/ticker.js'
import type { Db } from '../../database/wire.js'
import type { StaffMailer } from './ports.js'
import { staffMails } from './staff-messages.sql.js'

/** As many as the mail server is spoken to at once: a round takes no longer than its slowest mail. */
const atOnce = 5
const roundsARun = 20
const minuteMs = 60_000
/** Pauses after a try that a server might accept later; after the last the mail has failed. */
const pausesMs = [1, 5, 15, 60, 240].map((minutes) => minutes * minuteMs)

interface MailParts {
  readonly db: Db
  readonly mailer: StaffMailer
  readonly mailFrom: string
}

const hostOf = (address: string) => /@([^>\s]+)/.exec(address)?.[1] ?? 'localhost'

const round = ({ db: pool, mailer, mailFrom }: MailParts, now: Date): Promise<number> =>
  pool.transaction().execute(async (db) => {
    const due = await staffMails(db).due(now, atOnce)
    const answers = await Promise.all(
      due.map(({ id, to, from, subject, body: html }) =>
        // The same id for every try, so that one who was killed before they could say so sends no second mail.
        mailer.send({
          ...{ messageId: `<${id}@${hostOf(mailFrom)}>`, from: from ?? mailFrom, to: [to], cc: [], bcc: [] },
          ...{ subject, html, attachments: [] },
        }),
      ),
    )
    for (const [at, answer] of answers.entries()) {
      const mail = due[at]
      if (!mail) continue
      const pauseMs = pausesMs[mail.attempts]
      const again = !answer.accepted && answer.again && pauseMs !== undefined
      await staffMails(db).settle(mail, {
        status: answer.accepted ? 'sent' : again ? 'pending' : 'failed',
        error: answer.accepted ? null : answer.message.slice(0, 500),
        attempts: mail.attempts + 1,
        dueAt: new Date(now.getTime() + (again ? pauseMs : 0)),
      })
    }
    return due.length
  })

/** Hands mails to people who are no contacts to the mail server, each once it was written, again where the server wants that. */
export const staffMailJob = (parts: MailParts): Job => ({
  name: 'mails to staff',
  everyMs: 2000,
  run: async (now) => {
    for (let rounds = 0; rounds < roundsARun; rounds++) if ((await round(parts, now)) < atOnce) return
  },
})
