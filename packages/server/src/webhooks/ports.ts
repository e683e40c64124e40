import type { Db } from '../database/wire.js'

/** A live install as fan-out sees it. */
export interface Subscriber {
  readonly installId: string
  readonly appId: string
  readonly versionId: string
  readonly companyId: string
  readonly locationId: string | null
  readonly state: 'waiting' | 'connected'
  readonly scopes: readonly string[]
}

/** Whose event it is. */
export interface Tenant {
  readonly companyId: string
  readonly locationId: string | null
}

export interface SubscribedApp {
  readonly versionId: string
  /** The default URL; '' where there is none. */
  readonly webhookUrl: string
}

/** An event that a developer has switched off or sent elsewhere. */
export interface EventSetting {
  readonly type: string
  readonly on: boolean
  /** '' for the default URL. */
  readonly url: string
}

/** An event as its listeners hear of it. */
export interface HeardEvent {
  readonly id: string
  readonly type: string
  readonly companyId: string | null
  readonly locationId: string | null
  /** Only this app's. */
  readonly appId: string | null
  readonly test: boolean
  /** The record as JSON text. */
  readonly payload: string
  /** How many workflows caused it. */
  readonly depth: number
  readonly dateAdded: Date
}

/** A room that acts on events. */
export interface EventListener {
  /** Hears of each batch in the transaction that fans it out: of every event once, however often a process dies. */
  hear(db: Db, events: readonly HeardEvent[], now: Date): Promise<unknown>
  /** Whether it would act on such an event of this tenant: who makes very many asks before making them. */
  awaits(type: string, tenant: Tenant): Promise<boolean>
  /** What it wrote has committed. */
  committed(): void
}

/** What this room asks of the others. `main.ts` ties it to them. */
export interface WebhookPorts {
  /** Live installs that an event of this tenant concerns: at most one of an app. */
  installsFor(tenant: Tenant): Promise<readonly Subscriber[]>
  /** One install, also after its uninstall. */
  install(installId: string): Promise<Subscriber | undefined>
  /** Those of the given installs that are still there: asked once for each batch that is about to be sent. */
  liveInstalls(installIds: readonly string[]): Promise<ReadonlySet<string>>
  /** Live installs of one app, newest first. */
  installsOfApp(appId: string): Promise<readonly Subscriber[]>
  app(appId: string): Promise<SubscribedApp | undefined>
  eventSettings(appId: string): Promise<readonly EventSetting[]>
  /** Where conversation providers of the app are posted their messages. */
  deliveryUrls(appId: string): Promise<readonly string[]>
  developerOwns(accountId: string, appId: string): Promise<boolean>
  /** Apps of the developer teams that an account belongs to. */
  appIdsOf(accountId: string): Promise<readonly string[]>
  /** The company of a sub-account, undefined where there is no such sub-account. */
  companyOf(locationId: string): Promise<string | undefined>
  /** A real contact of the sub-account, as single-contact replies have it, for test events. */
  sampleContact(locationId: string): Promise<object | undefined>
}
