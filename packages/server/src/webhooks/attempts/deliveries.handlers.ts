import { badRequest, missing } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { type Implementation, implement } from '../../http/implement.js'
import { isUuid } from '../../ids.js'
import type { WebhookPorts } from '../ports.js'
import { findDelivery } from './log.sql.js'
import { resendDelivery } from './resend.sql.js'

interface ResendParts extends Pick<WebhookPorts, 'developerOwns' | 'liveInstalls'> {
  wake(): void
}

export const deliveryOperations = (parts: ResendParts): readonly Implementation[] =>
  implement(api.timeline.deliveries, () => ({}), {
    resend: async ({ deliveryId }, { db, now, person, afterCommit }) => {
      const delivery = isUuid(deliveryId) ? await findDelivery(db, deliveryId) : undefined
      if (!delivery || !(await parts.developerOwns(person.accountId, delivery.appId))) throw missing('Delivery')
      const { installId, type } = delivery
      if (installId !== null && type !== 'UNINSTALL' && !(await parts.liveInstalls([installId])).has(installId)) {
        throw badRequest('The app is no longer installed there, so nothing of that account may be sent to it.')
      }
      await resendDelivery(db, deliveryId, now)
      afterCommit(parts.wake)
      return { deliveryId }
    },
  })
