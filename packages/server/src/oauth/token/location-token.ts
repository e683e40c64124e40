import { forbidden } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import type { Principal } from '../../http/principal.js'
import { newHexId } from '../../ids.js'
import type { InstallRow } from '../../marketplace/installs/index.js'
import { familiesOf } from '../access/families.sql.js'
import { locationScopes } from '../scope-levels.rules.js'
import { demandActiveLocation, type GrantParts, type TokenReply, tokenRow } from './grants.js'
import { mintPair } from './mint.js'
import { refreshTokensOf } from './token.sql.js'

interface Exchange {
  readonly db: Db
  readonly principal: Principal
  readonly locationId: string
  readonly now: Date
  readonly traceId: string
}

const noAccess = (why: string) => forbidden('The token does not have access to this location.', why)

/** The install by which the agency's token reaches the sub-account, kept from being removed meanwhile. */
const installReaching = async (
  { db, principal, locationId }: Exchange,
  { people, installs }: GrantParts,
): Promise<InstallRow> => {
  const location = await people.location(locationId)
  if (location?.companyId !== principal.companyId) throw noAccess(`${locationId} is no sub-account of the token's agency.`)
  const own = await installs.hold(db, principal.installId as string)
  if (own?.kind === 'agency') return own
  const at = own && (await installs.ofLocation(own.appId, locationId, db))
  const held = at && at.bulkId === own.installId ? await installs.hold(db, at.installId) : undefined
  if (!held) throw noAccess(`The app is not installed at ${locationId} by the agency's bulk install.`)
  return held
}

/**
 * `POST /oauth/locationToken`: a family of its own, which ends with the install and not with the agency's token
 *. Never more scopes than the agency's token has.
 */
export const exchangeForLocation = async (exchange: Exchange, parts: GrantParts): Promise<TokenReply> => {
  const { db, principal, locationId, now } = exchange
  const install = await installReaching(exchange, parts)
  await demandActiveLocation(parts, locationId)
  const family = {
    id: newHexId(),
    appId: install.appId,
    versionId: install.versionId,
    clientId: principal.clientId as string,
    installId: install.installId,
    companyId: install.companyId,
    locationId,
    userId: principal.userId ?? install.userId,
    scopes: locationScopes(principal.scopes),
    dateAdded: now,
  }
  const pair = mintPair(parts.keys, parts.issuer(), { ...family, familyId: family.id }, now)
  await familiesOf(db).add(family)
  await refreshTokensOf(db).add(family.id, pair.refresh, now)
  if (install.state === 'waiting') await parts.installs.connect(db, install.installId, now)
  parts.log.token(tokenRow(exchange, { ...family, familyId: family.id }, 'issue', { why: 'exchanged out of an agency token' }))
  const { appId, versionId, companyId, userId } = family
  return { ...pair.reply, userType: 'Location', companyId, locationId, userId, appId, versionId }
}
