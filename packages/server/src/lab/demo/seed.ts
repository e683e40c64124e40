import type { Db } from '../../database/wire.js'
import { newUuid } from '../../ids.js'
import type { AppSettings } from '../../marketplace/index.js'
import { automate } from './automation.js'
import { demoCalendar } from './calendars.js'
import { demoContacts, demoNotes } from './contacts.js'
import { demoConversations } from './conversations.js'
import { type DemoFile, demoPath, readDemoFile, writeDemoFile } from './demo-file.js'
import { furnish } from './families.js'
import { demoNotices } from './notices.js'
import { demoOpportunities, demoPipeline } from './opportunities.js'
import type { DemoGrant, DemoParts, QuietWork } from './parts.js'
import { makeDemoPeople, type Person } from './people.js'
import { lockSeeding } from './seed.sql.js'
import { demoOrders, demoProducts } from './shop.js'
import * as world from './world.js'

/** The agency is older than its oldest contact. */
const foundedMs = 120 * 86_400_000

const places = {
  developer: undefined,
  'agency-owner': { type: 'agency', role: 'admin', isOwner: true },
  'agency-admin': { type: 'agency', role: 'admin', isOwner: false },
  'location-admin': { type: 'account', role: 'admin', isOwner: false },
  'location-user': { type: 'account', role: 'user', isOwner: false },
} as const

interface Settlement {
  readonly companyId: string
  readonly locationIds: readonly string[]
  readonly firstLocationId: string
}

type Then = () => Date

/** Dates of what was there before the first contact, each a minute after the one before, so that lists have an order. */
const createThen = (now: Date): Then => {
  let at = now.getTime() - foundedMs
  return () => {
    at += 60_000
    return new Date(at)
  }
}

const settle = async ({ identity }: DemoParts, db: Db, then: Then): Promise<Settlement> => {
  const companyId = await identity.createCompany(db, world.company, then())
  const locationIds: string[] = []
  for (const location of world.locations) locationIds.push(await identity.createLocation(db, { ...location, companyId }, then()))
  return { companyId, locationIds, firstLocationId: locationIds[0] ?? '' }
}

type Settler = Omit<Person, 'passwordHash'> & { readonly id: string; readonly accountId: string }

/** One account a person; all but the developer are also users of the CRM, and known by that id. */
const populate = async (
  { identity }: DemoParts,
  db: Db,
  people: readonly Person[],
  { companyId, firstLocationId }: Settlement,
  then: Then,
) => {
  const settlers: Settler[] = []
  for (const { passwordHash, ...person } of people) {
    const { firstName, lastName, email, role } = person
    const accountId = await identity.createAccount(db, { email, name: `${firstName} ${lastName}`, passwordHash }, then())
    const place = places[role]
    const locationIds = place?.type === 'account' ? [firstLocationId] : []
    const id = place
      ? await identity.createUser(db, { companyId, accountId, firstName, lastName, email, locationIds, ...place }, then())
      : accountId
    settlers.push({ ...person, id, accountId })
  }
  return settlers
}

const byRole = (settlers: readonly Settler[], role: world.DemoRole): Settler => {
  const settler = settlers.find((each) => each.role === role)
  if (!settler) throw new Error(`The demo world has no ${role}`)
  return settler
}

const publish = async ({ apps }: DemoParts, db: Db, developerId: string, settings: AppSettings, then: Then) => {
  const app = await apps.createApp(db, developerId, settings, then())
  const { key, clientSecret } = await apps.createKey(db, app.id, 'Demo', then())
  return { app, clientId: key.clientId, clientSecret }
}

type Published = Awaited<ReturnType<typeof publish>>

/** Installed and connected, as if its code had been exchanged long ago; nobody is told. */
const install = async (
  { installs }: DemoParts,
  db: Db,
  { app }: Published,
  grant: Omit<DemoGrant, 'appId' | 'versionId' | 'scopes' | 'company'>,
  companyId: string,
  now: Date,
) => {
  const work: QuietWork = { db, now, traceId: newUuid(), afterCommit: () => {}, emit: async () => {} }
  const company = { id: companyId, name: world.company.name, isWhitelabel: false }
  const { installId } = await installs.add(work, {
    ...grant,
    company,
    appId: app.id,
    versionId: app.versionId,
    scopes: app.scopes,
  })
  await installs.connect(db, installId, now)
}

interface Buyers {
  readonly contacts: ReturnType<typeof demoContacts>
  readonly userIds: readonly string[]
}

/** The first sub-account sells: one pipeline with a few opportunities in it, one calendar with visits. */
const sellTo = async (parts: DemoParts, db: Db, locationId: string, { contacts, userIds }: Buyers, now: Date) => {
  const pipeline = demoPipeline(now)
  await parts.seedPipeline(db, locationId, pipeline)
  const opportunities = demoOpportunities(pipeline, contacts, now)
  await parts.seedOpportunities(db, locationId, opportunities)
  const calendar = demoCalendar(contacts, userIds, now)
  await parts.seedCalendar(db, locationId, calendar)
  const { notices, messages } = demoNotices(calendar, opportunities, now)
  await parts.seedNotices(db, locationId, notices, messages)
  const products = demoProducts()
  await parts.seedShop(db, locationId, products, demoOrders(products, contacts, now), now)
}

const fillLocations = async (
  parts: DemoParts,
  db: Db,
  locationIds: readonly string[],
  firstUsers: readonly string[],
  now: Date,
) => {
  let serial = 0
  for (const [index, locationId] of locationIds.entries()) {
    const count = world.contactCounts[index] ?? 0
    const contacts = demoContacts(count, serial, index === 0 ? firstUsers : [], now)
    await parts.seedContacts(db, locationId, contacts)
    await parts.seedNotes(db, locationId, demoNotes(contacts, now))
    if (index === 0) await parts.seedConversations(db, locationId, demoConversations(contacts, now))
    if (index === 0) await furnish(parts, db, locationId, contacts, now)
    if (index === 0) await automate(parts, db, locationId, contacts, now)
    if (index === 0) await sellTo(parts, db, locationId, { contacts, userIds: firstUsers }, now)
    serial += count
  }
}

const createTokens = async (
  { createPrivateToken }: DemoParts,
  db: Db,
  { companyId, firstLocationId: locationId }: Settlement,
  userId: string,
  now: Date,
) => {
  const shared = { companyId, userId, now }
  const agency = await createPrivateToken(db, { ...shared, name: 'Demo agency', scopes: world.tokenScopes.agency })
  const location = await createPrivateToken(db, {
    ...shared,
    name: 'Demo sub-account',
    locationId,
    scopes: world.tokenScopes.location,
  })
  return { agency: agency.token, location: location.token }
}

const appLine = ({ app, clientId, clientSecret }: Published): DemoFile['apps'][number] => ({
  id: app.id,
  name: app.name,
  targetUser: app.targetUser,
  clientId,
  clientSecret,
  redirectUri: app.redirectUris[0] ?? '',
  scopes: [...app.scopes],
  webhookUrl: app.webhookUrl,
})

const build = async (parts: DemoParts, db: Db, people: readonly Person[], now: Date): Promise<DemoFile> => {
  const then = createThen(now)
  const settlement = await settle(parts, db, then)
  const { companyId, locationIds } = settlement
  const settlers = await populate(parts, db, people, settlement, then)
  const developerId = await parts.identity.createDeveloper(
    db,
    world.developerName,
    byRole(settlers, 'developer').accountId,
    then(),
  )
  const agencyInsights = await publish(parts, db, developerId, world.agencyInsights, then)
  const leadRouter = await publish(parts, db, developerId, world.leadRouter, then)
  const userId = byRole(settlers, 'agency-admin').id
  await install(parts, db, leadRouter, { kind: 'bulk', locationIds, userId }, companyId, now)
  await install(parts, db, agencyInsights, { kind: 'agency', locationIds: [], userId }, companyId, now)
  await fillLocations(parts, db, locationIds, [byRole(settlers, 'location-admin').id, byRole(settlers, 'location-user').id], now)
  const [locationId = ''] = locationIds
  await parts.seedSnapshot(db, { companyId, locationId, name: 'Dental practice' }, now)
  return {
    company: { id: companyId, name: world.company.name },
    locations: world.locations.map(({ name }, index) => ({ id: locationIds[index] ?? '', name })),
    users: settlers.map(({ id, email, password, role, firstName, lastName }) => ({
      id,
      email,
      password,
      role,
      name: `${firstName} ${lastName}`,
    })),
    apps: [appLine(leadRouter), appLine(agencyInsights)],
    tokens: await createTokens(parts, db, settlement, userId, now),
  }
}

const sayIfLost = async ({ services: { config, say } }: DemoParts) => {
  if (await readDemoFile(config.dataDir)) return
  say(
    `The database already has data, but ${demoPath(config.dataDir)} is missing: there is no demo world to sign in to or to print.`,
  )
}

/**
 * Fills an empty database with the demo world, in one transaction and without any webhook; its file is written just before
 * the commit, so that neither is ever there without the other. Leaves a database that has anything in it alone.
 *
 * @returns whether it was built now
 */
export const seedDemo = async (parts: DemoParts): Promise<boolean> => {
  const { db, clock, config } = parts.services
  if (!(await parts.identity.isEmpty(db))) {
    await sayIfLost(parts)
    return false
  }
  const people = await (parts.people ?? makeDemoPeople(parts.identity.passwords))
  return db.transaction().execute(async (transaction) => {
    await lockSeeding(transaction)
    if (!(await parts.identity.isEmpty(transaction))) return false
    await writeDemoFile(config.dataDir, await build(parts, transaction, people, clock.now()))
    return true
  })
}
