import type { Problem } from './messages.sql.js'

/** What becomes of a message that nothing really sends: the outbox of a local start decides by the address. */
export interface Fate {
  readonly status: 'delivered' | 'failed' | 'pending' | 'undelivered'
  readonly problem?: Problem
  /** Of an e-mail: what its mail event is called, where there is one. */
  readonly event?: 'accepted' | 'delivered' | 'failed' | 'complained'
}

const carrier = (code: string, message: string): Fate => ({ status: 'failed', problem: { code, type: 'carrier', message } })

/** Numbers that belong to nobody, with the codes that a well-known carrier gives for the same trouble. */
const numbers: Readonly<Record<string, Fate>> = {
  '+15005550001': carrier('21211', 'The number does not exist.'),
  '+15005550002': carrier('21612', 'No message can be routed to this number.'),
  '+15005550003': carrier('21408', 'Messages to this region are not permitted.'),
  '+15005550004': carrier('21610', 'The recipient has replied STOP.'),
  '+15005550007': { status: 'pending' },
  '+15005550008': {
    status: 'undelivered',
    problem: { code: '30003', type: 'carrier', message: 'The phone is switched off or out of reach.' },
  },
  '+15005550009': carrier('21614', 'The number is a landline and takes no messages.'),
}

const mail = (code: string, message: string): Fate => ({
  status: 'failed',
  event: 'failed',
  problem: { code, type: 'smtp', message },
})

export const magicDomain = 'simulator.example'

const mailboxes: Readonly<Record<string, Fate>> = {
  bounce: mail('550', '5.1.1 The mailbox does not exist.'),
  full: mail('552', '5.2.2 The mailbox is full.'),
  blocked: mail('554', '5.7.1 The message was refused as spam.'),
  suppressed: mail('605', 'The address is on the suppression list: it bounced or complained before.'),
  complaint: { status: 'delivered', event: 'complained' },
  slow: { status: 'pending' },
}

export const fateOfNumber = (number: string | null): Fate => numbers[number ?? ''] ?? { status: 'delivered' }

const delivered: Fate = { status: 'delivered', event: 'delivered' }

/** The first recipient with a fate of their own decides. */
export const fateOfMail = (recipients: readonly string[]): Fate => {
  for (const recipient of recipients) {
    const [box = '', domain] = recipient.toLowerCase().split('@')
    const fate = domain === magicDomain ? mailboxes[box] : undefined
    if (fate) return fate
  }
  return delivered
}
