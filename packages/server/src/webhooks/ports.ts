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
  developerOwns(accountId: string, appId: string): Promise<boolean>
  /** Apps of the developer teams that an account belongs to. */
  appIdsOf(accountId: string): Promise<readonly string[]>
  /** The company of a sub-account, undefined where there is no such sub-account. */
  companyOf(locationId: string): Promise<string | undefined>
  /** A real contact of the sub-account, as single-contact replies have it, for test events. */
  sampleContact(locationId: string): Promise<object | undefined>
}
