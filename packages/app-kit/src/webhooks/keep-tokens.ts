import { Disconnected } from '../oauth/errors.js'
import type { OAuth } from '../oauth/oauth.js'
import type { Owner } from '../oauth/tokens.js'
import type { AnyEvent, ReceiverOptions, WebhookReceiver } from './receiver.js'

const ownerIn = ({
  locationId,
  companyId,
}: {
  locationId?: string | undefined
  companyId?: string | undefined
}): Owner | undefined => {
  if (locationId) return companyId ? { locationId, companyId } : { locationId }
  return companyId ? { companyId } : undefined
}

const isOurs = (event: { appId?: string | undefined }, oauth: OAuth) => event.appId === undefined || event.appId === oauth.appId

/**
 * Keeps stored tokens right as the app comes and goes. UNINSTALL forgets them, unless they are younger than the event: a late
 * delivery must not undo a new install. INSTALL in a sub-account of an agency whose token is stored gets the sub-account's own.
 */
export const keepTokens = (receiver: WebhookReceiver, oauth: OAuth, onError?: ReceiverOptions['onError']): void => {
  receiver.on('UNINSTALL', async (event) => {
    const owner = ownerIn(event)
    if (owner !== undefined && isOurs(event, oauth)) await oauth.disconnect(owner, { olderThan: Date.parse(event.timestamp) })
  })
  receiver.on('INSTALL', async (event) => {
    const owner = ownerIn(event)
    if (owner?.locationId === undefined || owner.companyId === undefined || !isOurs(event, oauth)) return
    if ((await oauth.stored({ companyId: owner.companyId })) === undefined) return
    try {
      await oauth.tokenFor(owner).get()
    } catch (error) {
      // The token is got again when it is first needed, so the event is not lost by this; a passing fault is tried again.
      if (!(error instanceof Disconnected)) throw error
      onError?.(error, event as unknown as AnyEvent)
    }
  })
}
