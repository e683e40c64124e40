import { found, type Given, missing } from '@groundlevel/contract-kit'
import type { api } from '@groundlevel/contracts'
import { writeAudit } from '../../audit.js'
import type { Context } from '../../http/implement.js'
import type { Identity, locationsOf } from '../../identity/index.js'
import type { Installs, InstallWork, UninstallWork, Work } from '../../marketplace/index.js'
import { seal } from '../../sealing.js'
import { changeOf, demandCompany, demandTimeZone } from './locations.rules.js'

type Rows = typeof api.locations.location
type Locations = ReturnType<typeof locationsOf>

/** What the room of sub-accounts asks of the others. */
export interface LocationParts {
  readonly identity: Pick<Identity, 'company' | 'forgetLocation' | 'sessions'>
  readonly installs: Pick<Installs, 'addFuture' | 'uninstallAt'>
  /** Seals what opens accounts elsewhere. */
  readonly secret: Buffer
  /** Ends every token for a sub-account. */
  endTokens(work: Pick<Work, 'db' | 'now' | 'afterCommit'>, locationId: string): Promise<void>
  /** Something is there to be removed: now rather than at the next turn. */
  wakeRemoval(): void
  /** Brings what a snapshot of the agency holds into a sub-account, once the change is committed. */
  giveSnapshot?(work: Pick<Work, 'db' | 'now' | 'afterCommit'>, gift: SnapshotGift): Promise<void>
}

export interface SnapshotGift {
  readonly companyId: string
  readonly snapshotId: string
  readonly locationId: string
  readonly override: boolean
}

interface LocationEvent {
  readonly id: string
  readonly companyId: string
  readonly name: string
  readonly email?: string
}

type Emit<E extends string> = { emit(type: E, record: object, about: { locationId: string | null }): Promise<void> }
type Working = Omit<Context, 'emit'> & { readonly locations: Locations }

const eventOf = ({ id, companyId, name, email }: LocationEvent) => ({ id, companyId, name, ...(email && { email }) })

const audit = ({ db, now, traceId, companyId, principal, call }: Working, act: string, locationId: string, detail: object = {}) =>
  writeAudit(db, {
    at: now,
    act,
    companyId,
    locationId,
    appId: principal.appId ?? null,
    accountId: principal.accountId ?? null,
    traceId,
    ip: call.request.ip,
    detail: { ...detail, by: principal.userId ?? null },
  })

/** Sealed for this sub-account and provider: copied to another row it does not open. */
export const providerPurpose = (locationId: string, provider: string) => `${provider} of ${locationId}`

const keepProviders = async (
  { locations, now }: Working,
  locationId: string,
  sent: { readonly twilio?: object; readonly mailgun?: object },
  secret: Buffer,
) => {
  for (const provider of ['twilio', 'mailgun'] as const) {
    const given = sent[provider]
    if (!given) continue
    const plain = Buffer.from(JSON.stringify(given))
    await locations.setProvider(locationId, provider, seal(secret, providerPurpose(locationId, provider), plain), now)
  }
}

/** Makes, changes, pauses and deletes sub-accounts. */
export const createLocationChanges = ({ identity, installs, secret, endTokens, wakeRemoval, giveSnapshot }: LocationParts) => {
  const forget = ({ afterCommit }: Working, locationId: string) =>
    afterCommit(() => {
      identity.forgetLocation(locationId)
      identity.sessions.forgetEverybody()
    })

  return {
    create: async (
      { companyId, snapshotId, twilio, mailgun, name, ...body }: Given<Rows['create']>['body'],
      work: Working & Emit<'LocationCreate'> & InstallWork,
    ) => {
      demandTimeZone(body.timezone)
      const { locations, now } = work
      const id = work.newId()
      await locations.add(id, { ...changeOf(body), name, ...(snapshotId && { snapshotId }) }, now)
      if (snapshotId) await giveSnapshot?.(work, { companyId, snapshotId, locationId: id, override: false })
      await keepProviders(work, id, { ...(twilio && { twilio }), ...(mailgun && { mailgun }) }, secret)
      const location = found(await locations.written(id), 'Location')
      await work.emit('LocationCreate', eventOf(location.value), { locationId: null })
      await installs.addFuture(work, found(await identity.company(companyId), 'Company'), id)
      await audit(work, 'location.create', id)
      forget(work, id)
      return location
    },

    update: async (
      locationId: string,
      { companyId, snapshot, twilio, mailgun, ...body }: Given<Rows['update']>['body'],
      work: Working & Emit<'LocationUpdate'>,
    ) => {
      demandCompany(companyId, work.companyId)
      demandTimeZone(body.timezone)
      const from = snapshot && { snapshotId: snapshot.id, snapshotOverride: snapshot.override ?? false }
      const location = found(await work.locations.change(locationId, { ...changeOf(body), ...from }), 'Location')
      const gift = from && { companyId: work.companyId, snapshotId: from.snapshotId, locationId, override: from.snapshotOverride }
      if (gift) await giveSnapshot?.(work, gift)
      await keepProviders(work, locationId, { ...(twilio && { twilio }), ...(mailgun && { mailgun }) }, secret)
      await work.emit('LocationUpdate', eventOf(location.value), { locationId })
      await audit(work, 'location.update', locationId)
      forget(work, locationId)
      return location
    },

    setStatus: async (locationId: string, status: 'active' | 'paused', work: Working) => {
      if (!(await work.locations.setStatus(locationId, status))) throw missing('Location')
      await audit(work, status === 'paused' ? 'location.pause' : 'location.resume', locationId)
      forget(work, locationId)
      return { location: { id: locationId, status } }
    },

    /** Nobody sees it any more once this has committed; what is in it goes in the background. */
    remove: async (locationId: string, deleteTwilioAccount: boolean, work: Working & UninstallWork) => {
      if (!(await work.locations.setStatus(locationId, 'deleted'))) throw missing('Location')
      const ip = work.call.request.ip
      await installs.uninstallAt(work, locationId, { because: 'the sub-account was deleted', ip })
      await endTokens(work, locationId)
      await work.locations.empty(locationId)
      await audit(work, 'location.delete', locationId, { deleteTwilioAccount })
      forget(work, locationId)
      work.afterCommit(wakeRemoval)
      return { success: true, message: `Deleted location with id: ${locationId}` }
    },
  }
}
