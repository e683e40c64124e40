import { newHexId } from '../../ids.js'
import type { Fate } from './fates.rules.js'
import { bareAddress } from './texts.rules.js'
import type { Act } from './tracking/tracking.rules.js'

interface Mailed {
  readonly messageId: string
  readonly emailId?: string | undefined
  /** For workflows alone: the event has no such field. Null: of somebody who is no contact. */
  readonly contactId: string | null
  readonly from: string | null
  readonly to: readonly string[]
  readonly subject?: string | null
}

/** A mail event as a well-known mail service words it. */
export const mailStats = (
  { messageId, emailId, contactId, from, to, subject }: Mailed,
  about: { readonly locationId: string; readonly companyId: string; readonly now: Date },
  event: NonNullable<Fate['event']> | Act,
  answer: {
    readonly code: number
    readonly message: string
    readonly seconds: number
    readonly host: string
    readonly attempt: number
  },
) => {
  const recipient = bareAddress(to[0] ?? '')
  const headers = { 'message-id': emailId ?? messageId, from: from ?? '', to: to.join(', '), subject: subject ?? '' }
  return {
    companyId: about.companyId,
    ...(contactId === null ? {} : { contactId }),
    webhookPayload: {
      event,
      id: newHexId(),
      timestamp: Math.floor(about.now.getTime() / 1000),
      flags: {
        'is-authenticated': true,
        'is-routed': false,
        'is-big': false,
        'is-system-test': false,
        'is-test-mode': false,
      },
      message: { attachments: [], headers, size: 0 },
      'log-level': event === 'failed' ? 'error' : 'info',
      recipient,
      'recipient-domain': recipient.split('@')[1] ?? '',
      tags: [`loc_${about.locationId}`, `com_${about.companyId}`, 'et_other'],
      'recipient-provider': 'Other',
      campaigns: [],
      ...(event === 'failed' ? { severity: 'permanent', reason: 'bounce' } : {}),
      'delivery-status': {
        'attempt-no': answer.attempt,
        code: answer.code,
        message: answer.message,
        description: '',
        'session-seconds': answer.seconds,
        'enhanced-code': '',
        'mx-host': answer.host,
        utf8: true,
      },
      envelope: { sender: bareAddress(from ?? ''), targets: to.map(bareAddress).join(','), transport: 'smtp' },
    },
  }
}
