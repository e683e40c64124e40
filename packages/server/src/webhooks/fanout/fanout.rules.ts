import { events } from '@groundlevel/contracts'
import type { EventSetting, SubscribedApp, Subscriber } from '../ports.js'

/** An event as fan-out judges it. */
export interface JudgedEvent {
  readonly type: string
  readonly test: boolean
  /** Where it goes instead of where the app has its events sent: the delivery URL of a conversation provider. */
  readonly deliveryUrl?: string | undefined
}

/** Where an event goes for one app, or why it goes nowhere. */
export type Verdict = { readonly url: string } | { readonly why: string }

/**
 * INSTALL and UNINSTALL tell of the install itself: no scope entitles to them, they go to the default URL only, and an app
 * that was told of an install before its first exchange is told of its end too.
 */
const isLifecycle = (type: string) => type === 'INSTALL' || type === 'UNINSTALL'

const noUrl = { why: 'The app has no webhook URL. Set one in the app’s settings under Webhooks.' } as const

const noDeliveryUrl = { why: 'The conversation provider has no delivery URL. Set one in the app’s settings.' } as const

/**
 * Where an event goes beside that: a conversation provider hears at its own address when the app is installed and removed, whatever
 * the app has as its default URL.
 */
export const hearsOfLifecycle = ({ type, test }: Pick<JudgedEvent, 'type' | 'test'>) => !test && isLifecycle(type)

const atDefault = (app: SubscribedApp): Verdict => (app.webhookUrl === '' ? noUrl : { url: app.webhookUrl })

/** Decides for one install of one app. */
export const judge = (
  event: JudgedEvent,
  install: Pick<Subscriber, 'scopes' | 'state'> | undefined,
  app: SubscribedApp | undefined,
  settings: readonly EventSetting[],
): Verdict => {
  if (!app) return { why: 'The app has no live version.' }
  if (event.test || isLifecycle(event.type)) return atDefault(app)
  if (!install) return { why: 'The app is no longer installed there.' }
  const setting = settings.find((each) => each.type === event.type)
  if (setting?.on === false && event.deliveryUrl === undefined) return { why: `The app has switched ${event.type} off.` }
  const scope = events[event.type as keyof typeof events]?.scope
  if (scope === undefined) return { why: `No event is called ${event.type}.` }
  if (scope !== '' && !install.scopes.includes(scope)) {
    return { why: `The install was not granted ${scope}, which ${event.type} needs.` }
  }
  if (install.state === 'waiting') {
    return { why: 'The install waits for its first token exchange; until then only INSTALL is sent.' }
  }
  if (event.deliveryUrl !== undefined) return event.deliveryUrl === '' ? noDeliveryUrl : { url: event.deliveryUrl }
  return setting?.url ? { url: setting.url } : atDefault(app)
}
