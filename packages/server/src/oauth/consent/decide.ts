import { badRequest, forbidden, type WireError } from '@groundlevel/contract-kit'
import { writeAudit } from '../../audit.js'
import type { Call } from '../../http/call.js'
import type { Person } from '../../http/principal.js'
import type { App, Grant, InstallRow, InstallWork } from '../../marketplace/installs/index.js'
import { codeRedirect, errorRedirect, issuerOf } from '../authorize/redirect.js'
import { digestOf, randomHex, sameDigest } from '../digests.js'
import type { OAuthParts, OAuthServices } from '../parts.js'
import { locationScopes } from '../scope-levels.rules.js'
import { codesOf } from '../token/token.sql.js'
import { bestOffer, type Chooser, choiceProblem, narrowed, type Offer, offerTo, type Seat } from './consent.rules.js'
import { type Interaction, interactionsOf } from './interactions.sql.js'
import { allLocationIds, reachesAll, seatsOf } from './seats.js'

export interface Decision {
  readonly csrf: string
  readonly action: 'allow' | 'show' | 'deny'
  readonly companyId?: string
  readonly locationIds: readonly string[]
  readonly all: boolean
  readonly future: boolean
}

export interface Deciding {
  readonly work: InstallWork
  readonly call: Call
  readonly interaction: Interaction
  readonly app: App
  readonly person: Person
  readonly decision: Decision
  readonly parts: OAuthParts
  readonly services: OAuthServices
  /** Writes what must be found again although the decision is refused and its transaction undone. */
  refused(why: string, act: string): void
}

const wrongCsrf = () => forbidden('This page is out of date: reload it and decide again.')

/** Bound to request, browser, session and account; compared in constant time; gone with the decision. */
export const checkCsrf = ({ interaction, person, decision, refused }: Deciding): void => {
  const { csrfHash, accountId } = interaction
  if (csrfHash !== null && accountId === person.accountId && sameDigest(digestOf(decision.csrf), csrfHash)) return
  refused('The decision carried no valid token of its page.', 'consent.forged')
  throw wrongCsrf()
}

const foreign = ({ refused }: Deciding, why: string): WireError => {
  refused(why, 'consent.foreign')
  return forbidden('You do not have access to this agency or sub-account.', why)
}

const chooserOf = ({ refused }: Deciding, offer: Offer): Chooser => {
  if ('chooser' in offer) return offer.chooser
  refused(offer.refusal, 'consent.refused')
  throw forbidden(offer.refusal)
}

/** Never believed because the page said so: the seat is looked up among this person's own. */
const seatFor = async (deciding: Deciding): Promise<Seat> => {
  const { decision, person, parts, app } = deciding
  const seats = await seatsOf(parts.people, person)
  if (seats.length === 0) chooserOf(deciding, bestOffer(app, seats))
  const [first] = decision.locationIds
  const companyId = decision.companyId ?? (first === undefined ? undefined : (await parts.people.location(first))?.companyId)
  if (companyId === undefined && first === undefined && seats.length > 1) throw badRequest('Choose an agency: name companyId.')
  const seat = companyId === undefined && first === undefined ? seats[0] : seats.find((each) => each.companyId === companyId)
  if (seat) return seat
  throw foreign(deciding, `${person.email} has no place at ${companyId ?? first ?? 'any agency'}.`)
}

const kinds = { company: 'agency', bulk: 'bulk', location: 'location' } as const

const grantFor = async (deciding: Deciding): Promise<Grant> => {
  const { decision, interaction, parts, app } = deciding
  const seat = await seatFor(deciding)
  const chosen = [...new Set(decision.locationIds)]
  const chooser = narrowed(chooserOf(deciding, offerTo(app, seat)), { ...decision, locationIds: chosen })
  const problem = choiceProblem(chooser, { ...decision, locationIds: chosen })
  if (problem) throw badRequest(problem)
  if (!(await reachesAll(parts.people, seat, chosen)))
    throw foreign(deciding, 'A chosen sub-account is not within reach of the person who chose it.')
  const company = await parts.people.company(seat.companyId)
  if (!company) throw badRequest('Company not found')
  return {
    appId: app.id,
    versionId: interaction.versionId,
    kind: kinds[chooser],
    company,
    locationIds: chooser === 'bulk' && decision.all ? await allLocationIds(parts.people, seat) : chosen,
    userId: seat.userId,
    scopes: chooser === 'location' ? locationScopes(interaction.scopes) : interaction.scopes,
    approveAllLocations: decision.all,
    installToFutureLocations: decision.future,
  }
}

const issueCode = async (
  { work, interaction, services }: Deciding,
  install: InstallRow,
  { userId, scopes }: Grant,
): Promise<string> => {
  const code = randomHex(20)
  await codesOf(work.db).add({
    codeHash: digestOf(code),
    appId: install.appId,
    versionId: interaction.versionId,
    clientId: interaction.clientId,
    installId: install.installId,
    companyId: install.companyId,
    locationId: install.locationId,
    userId,
    scopes: [...scopes],
    redirectUri: interaction.redirectUri,
    codeChallenge: interaction.codeChallenge,
    dateAdded: work.now,
    expiresAt: new Date(work.now.getTime() + services.config.codeTtlSeconds * 1000),
  })
  return code
}

const auditDecision = (
  { work, call, app, person }: Deciding,
  act: string,
  install: Pick<InstallRow, 'companyId' | 'locationId'> | undefined,
  detail: object,
) =>
  writeAudit(work.db, {
    at: work.now,
    act,
    accountId: person.accountId,
    appId: app.id,
    companyId: install?.companyId ?? null,
    locationId: install?.locationId ?? null,
    traceId: work.traceId,
    ip: call.request.ip,
    detail: { ...detail },
  })

const returnAddress = ({ interaction, services }: Deciding) => ({
  redirectUri: interaction.redirectUri,
  state: interaction.state,
  issuer: issuerOf(services),
})

const logged = (deciding: Deciding, act: string, ok: boolean, why: string, install?: InstallRow) =>
  deciding.parts.log.tokenIn(deciding.work.db, {
    at: deciding.work.now,
    traceId: deciding.work.traceId,
    act,
    kind: 'install',
    appId: deciding.app.id,
    companyId: install?.companyId ?? null,
    locationId: install?.locationId ?? null,
    familyId: null,
    installId: install?.installId ?? null,
    ok,
    why,
  })

const deny = async (deciding: Deciding): Promise<string> => {
  await auditDecision(deciding, 'consent.deny', undefined, {})
  await logged(deciding, 'deny', false, 'The person denied the request; nothing was installed.')
  return errorRedirect(returnAddress(deciding), 'access_denied', 'The request was denied.')
}

const allow = async (deciding: Deciding): Promise<string> => {
  const { work, parts, app, decision } = deciding
  const grant = await grantFor(deciding)
  const install = await parts.installs.add(work, grant)
  const code = await issueCode(deciding, install, grant)
  const detail = { kind: grant.kind, scopes: grant.scopes, locationIds: grant.locationIds, future: decision.future }
  await auditDecision(deciding, 'consent.allow', install, detail)
  await logged(deciding, 'consent', true, `${deciding.person.name} allowed ${grant.scopes.length} scopes`, install)
  return decision.action === 'show' ? `/portal/store/${app.id}?code=${code}` : codeRedirect(returnAddress(deciding), code)
}

/** Allow, allow and show the code, or deny: installs, event, audit and code in the one transaction of the call. */
export const decide = async (deciding: Deciding): Promise<string> => {
  checkCsrf(deciding)
  await interactionsOf(deciding.work.db).decide(deciding.interaction.id, deciding.work.now)
  return deciding.decision.action === 'deny' ? deny(deciding) : allow(deciding)
}
