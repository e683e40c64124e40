import type { Job } from '../../background/ticker.js'
import type { Db } from '../../database/wire.js'
import type { Implementation } from '../../http/implement.js'
import { noticeHandlers, staffOutboxHandlers } from './notices.handlers.js'
import type { NoticePorts } from './ports.js'
import { staffMailJob } from './staff-mail.jobs.js'
import { type TellPeople, tellPeople } from './telling.js'

export type { NoticePorts, StaffMailer } from './ports.js'
export type { TellPeople, ToTell } from './telling.js'

export interface Notices {
  readonly implementations: readonly Implementation[]
  readonly jobs: readonly Job[]
  readonly tell: TellPeople
}

/** What people who are no contacts are told: users in the portal, users and others by e-mail and phone. */
export const createNotices = (db: Db, ports: NoticePorts): Notices => ({
  implementations: [...noticeHandlers(), ...(ports.outbox ? staffOutboxHandlers() : [])],
  jobs: ports.mailer ? [staffMailJob({ db, mailer: ports.mailer, mailFrom: ports.mailFrom })] : [],
  tell: tellPeople(ports),
})
