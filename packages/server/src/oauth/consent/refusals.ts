import { writeAudit } from '../../audit.js'
import type { Context } from '../../http/implement.js'
import type { Person } from '../../http/principal.js'
import type { TokenLog } from '../../marketplace/installs/index.js'
import type { OAuthServices } from '../parts.js'
import type { Offer } from './consent.rules.js'
import type { Deciding } from './decide.js'
import type { Interaction } from './interactions.sql.js'

type Seen = Pick<Context, 'call' | 'now' | 'traceId'>

const nowhere = { companyId: null, locationId: null, familyId: null, installId: null }

/** Refusals, for the developer's timeline and the audit. */
export const createRefusals = ({ db, say }: Pick<OAuthServices, 'db' | 'say'>, log: TokenLog) => {
  const logWhy = ({ appId }: Interaction, why: string, { now, traceId }: Seen) =>
    log.token({ ...nowhere, at: now, traceId, act: 'consent', kind: 'install', appId, ok: false, why })

  return {
    /** The plain words on the page, for the developer as well. */
    logOffer: (interaction: Interaction, offer: Offer, seen: Seen): void => {
      if ('refusal' in offer) logWhy(interaction, offer.refusal, seen)
    },
    /** Not awaited: its transaction is about to be undone and gives its connection back; waiting for another one here could block them all. */
    refusing:
      (interaction: Interaction, person: Person, seen: Seen): Deciding['refused'] =>
      (why, act) => {
        logWhy(interaction, why, seen)
        const who = { appId: interaction.appId, accountId: person.accountId, ip: seen.call.request.ip }
        writeAudit(db, { ...who, at: seen.now, act, traceId: seen.traceId, detail: { why } }).catch((error: Error) =>
          say(`An audit entry could not be written: ${error.message}`),
        )
      },
  }
}
