import type { Implementation } from '../../http/implement.js'
import type { Services } from '../../services.js'
import { noticeHandlers, staffOutboxHandlers } from './notices.handlers.js'
import type { NoticePorts } from './ports.js'
import { staffMailLoop } from './staff-mail.jobs.js'
import { type TellPeople, tellPeople } from './telling.js'

export type { NoticePorts, StaffMailer } from './ports.js'
export { type SeedNotice, type SeedStaffMessage, seedNotices } from './seed.sql.js'
export { settleText } from './staff-messages.sql.js'
export { type TellPeople, type ToTell, tellUser } from './telling.js'

export interface Notices {
  readonly implementations: readonly Implementation[]
  readonly tell: TellPeople
  start(): void
  stop(): Promise<void>
}

type NoticeServices = Pick<Services, 'db' | 'clock' | 'say'> & { readonly config: Pick<Services['config'], 'dataDir'> }

/** What people who are no contacts are told: users in the portal, users and others by e-mail and phone. */
export const createNotices = ({ db, clock, say, config: { dataDir } }: NoticeServices, ports: NoticePorts): Notices => {
  const { mailer, mailFrom } = ports
  const mails = mailer && staffMailLoop({ db, clock, say, dataDir, mailer, mailFrom })
  return {
    implementations: [...noticeHandlers(), ...(ports.outbox ? staffOutboxHandlers() : [])],
    tell: tellPeople(ports),
    start: () => mails?.start(),
    stop: async () => mails?.stop(),
  }
}
