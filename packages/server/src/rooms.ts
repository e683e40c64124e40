import type { Kysely } from 'kysely'
import { createTicker } from './background/ticker.js'
import { reminderJob } from './crm/calendars/index.js'
import { companiesModule } from './crm/companies/index.js'
import { contactNameAndZone, findPerson, removePerson } from './crm/contacts/index.js'
import { emailsModule } from './crm/emails/index.js'
import { createLinkRedirects, linkAddresses, linksModule } from './crm/links/index.js'
import { locationsModule } from './crm/locations/index.js'
import { mergeFieldsModule, mergePorts, renderTexts } from './crm/merge-fields/index.js'
import { tellUser } from './crm/notices/index.js'
import { usersModule } from './crm/users/index.js'
import { viewsModule } from './crm/views/index.js'
import type { Tables } from './database/tables.js'
import { eraseKeyedReplies } from './http/idempotency.sql.js'
import type { FirstPairs } from './keys/index.js'
import { clockModule, type DemoParts, demoModule, followClock, seedDemo } from './lab/index.js'
import { appSnapshotModule, bringAppSnapshot, suppliedTo } from './marketplace/index.js'
import { erasureJob, protectionModule, removalJob } from './protection/index.js'
import { assignedRecords } from './rooms/assigned.js'
import { autoRooms } from './rooms/auto.js'
import { commerce } from './rooms/commerce.js'
import { demoSeeds } from './rooms/demo.js'
import { peopleRooms } from './rooms/people.js'
import { platformRooms } from './rooms/platform.js'
import { bookingRooms, createSelling } from './rooms/sell.js'
import { snapshotRooms } from './rooms/snapshots.js'
import { talkRooms } from './rooms/talk.js'
import type { Services } from './services.js'
import { eraseFromWebhooks, mentionsInWebhooks } from './webhooks/index.js'

interface RoomOptions {
  /** The pool of look-ups during a change (boot/database.ts). */
  readonly lookups: Kysely<Tables>
  /** The pool of searches (boot/database.ts); absent: they run on that of everything else. */
  readonly searches?: Kysely<Tables>
  readonly version: string
  /** Key pairs that a first start began to make while it waited for its database. */
  readonly firstPairs?: FirstPairs
  /** People of the demo world, likewise. */
  readonly firstPeople?: DemoParts['people']
}

/** Makes every room and hands each what it asks for: the only place where rooms meet. */
export const createRooms = async (services: Services, { lookups, searches, version, firstPairs, firstPeople }: RoomOptions) => {
  const { db, config } = services
  const platform = await platformRooms(services, {
    lookups,
    version,
    firstPairs,
    named: (on, shareId) => snapshots.named(on, shareId),
  })
  const { identity, apps, installs, timeline, webhooks, oauth, blobs } = platform

  const people = peopleRooms({ services, lookups, ...(searches ? { searches } : {}), identity, webhooks, blobs })
  const sales = createSelling({
    identity,
    lookups,
    ...(searches ? { searches } : {}),
    publicUrl: () => services.publicUrl,
    tellUser: (on, told) => tellUser(talk.notices.tell)(on, told),
  })
  const merging = mergePorts(
    lookups,
    identity,
    linkAddresses(() => services.publicUrl),
  )
  const talk = talkRooms(services, { identity, installs, apps, webhooks, merging, blobs, contacts: people.acts })

  const removal = removalJob(db)
  const erasure = erasureJob(db, {
    eraseFromWebhooks,
    eraseFromLog: (_db, about) => timeline.erase(about),
    eraseFromKeyedReplies: (on, { terms }) => eraseKeyedReplies(on, terms),
  })
  const links = createLinkRedirects(services)
  const auto = autoRooms({
    services,
    contacts: people.acts,
    blobs,
    identity,
    webhooks,
    merging,
    talk,
    opportunities: sales.opportunities,
    calendars: sales.calendars,
    tell: talk.notices.tell,
    supplied: suppliedTo({ installs, apps }),
  })
  links.onLinkClicked(auto.workflows.onLinkClicked)

  const snapshots = snapshotRooms({ services, identity, wake: () => ticker.wake(snapshots.job) })
  installs.onInstalled(bringAppSnapshot(snapshots.bring))
  const selling = commerce({ services, contacts: people.acts, identity, webhooks, talk })

  const implementations = [
    ...platform.implementations,
    ...appSnapshotModule({ apps, installs, offered: snapshots.offered }),
    ...locationsModule({
      identity,
      installs,
      secret: services.secret,
      endTokens: oauth.revoke.ofLocation,
      wakeRemoval: () => ticker.wake(removal),
      giveSnapshot: snapshots.give,
    }),
    ...usersModule(identity),
    ...viewsModule(identity),
    ...companiesModule({ sandbox: !config.production, identity }),
    ...protectionModule({
      findPerson,
      leave: people.leave,
      removePerson,
      removeFiles: async (on, locationId, contactId) => {
        const removeBytes = await blobs.removeOfRecord(on, locationId, contactId)
        return () => void removeBytes().catch((error) => services.say(`Files of ${contactId} are still in the store: ${error}`))
      },
      files: blobs.ofRecord,
      mentionsInWebhooks,
      mentionsInLog: (_db, about) => timeline.mentions(about),
      wakeErasure: () => ticker.wake(erasure),
    }),
    ...people.implementations,
    ...sales.implementations,
    ...linksModule(),
    ...selling.implementations,
    ...snapshots.implementations,
    ...mergeFieldsModule(merging),
    ...talk.implementations,
    ...emailsModule({ blobs, publicUrl: () => services.publicUrl }),
    ...auto.implementations,
    ...(config.production ? [] : [...demoModule(services, identity), ...clockModule(services.clock, () => wakeTimed())]),
  ]
  const ticker = createTicker(services)
  const jobs = [
    ...platform.jobs,
    ...talk.jobs,
    ...auto.jobs,
    removal,
    erasure,
    ...selling.jobs,
    reminderJob({
      db,
      locations: identity,
      contactNameAndZone,
      userName: identity.userName,
      secret: services.secret,
      publicUrl: () => services.publicUrl,
      sendMessage: talk.sendMessage,
      tellPeople: talk.notices.tell,
      render: (on, about, texts) => renderTexts(merging, on, about, texts),
    }),
    snapshots.job,
    ...people.jobs,
  ]
  for (const job of jobs) ticker.add(job)
  /** The lab let the time go on. Loops of messages and workflows look again within a second by themselves. */
  const wakeTimed = () => {
    ticker.wakeAll()
    webhooks.wake()
  }
  // A database of our own has no other process; a live server has no lab.
  const follower = config.production || !config.databaseUrl ? undefined : followClock(services, wakeTimed)

  return {
    implementations,
    assigned: assignedRecords,
    links,
    formPages: auto.formPages,
    workflowHooks: auto.workflows.hooks,
    payPages: selling.payPages,
    bookingPages: bookingRooms(services, { identity, contacts: people.acts, ...webhooks }),
    blobs,
    identity,
    apps,
    installs,
    oauth,
    oauthParts: platform.oauthParts,
    timeline,
    webhooks,
    talk,
    keys: platform.keys,
    seedDemo: () =>
      seedDemo({
        services,
        identity,
        apps,
        installs,
        createPrivateToken: oauth.createPrivateToken,
        people: firstPeople,
        ...demoSeeds,
      }),
    start: async () => {
      await oauth.start()
      await follower?.start()
      ticker.start()
      webhooks.start()
      people.importer.start()
      await talk.start()
      auto.start()
    },
    stop: async () => {
      await selling.stop()
      await auto.stop()
      await talk.stop()
      await people.importer.stop()
      await webhooks.stop()
      await ticker.stop()
      await timeline.stop()
      await follower?.stop()
      await oauth.stop()
    },
  }
}

export type Rooms = Awaited<ReturnType<typeof createRooms>>
