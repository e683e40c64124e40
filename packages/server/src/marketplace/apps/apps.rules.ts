import { unprocessable } from '@groundlevel/contract-kit'
import { events, scopeByName } from '@groundlevel/contracts'
import { redirectUriFault, webhookUrlFault, websiteFault } from './addresses.rules.js'
import type { AppSettings, EventSetting } from './app.js'
import { logoFault } from './logo.rules.js'

/** Sent to the default URL only, whatever is set (M9). */
const installEvents: ReadonlySet<string> = new Set(['INSTALL', 'UNINSTALL'])

const emailForm = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const invisible = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/

const tidy = (text: string) => text.trim().replace(/\s+/g, ' ')
const unique = (texts: readonly string[]) => [...new Set(texts)]

/** The same settings, as they are kept: names without double blanks, lists without repeats. */
export const tidied = (settings: AppSettings): AppSettings => ({
  ...settings,
  name: tidy(settings.name),
  tagline: settings.tagline.trim(),
  companyName: tidy(settings.companyName),
  website: settings.website.trim(),
  supportEmail: settings.supportEmail.trim(),
  supportPhone: settings.supportPhone.trim(),
  categories: unique(settings.categories.map(tidy).filter((category) => category !== '')),
  scopes: unique(settings.scopes),
  webhookUrl: settings.webhookUrl.trim(),
})

const nameFaults = ({ name }: AppSettings) => {
  if (name.length < 3) return ['name must be longer than or equal to 3 characters']
  return invisible.test(name) ? ['name must not have invisible characters'] : []
}

/** Who may install decides what can be granted: a sub-account cannot give away what belongs to its agency. */
const agencyScopeFault = (scope: string, app: AppSettings): string => {
  if (!scopeByName.get(scope)?.agencyOnly) return ''
  if (app.targetUser === 'location' && app.whoCanInstall === 'both') {
    return `scopes has ${scope}, which only an agency can grant: let whoCanInstall be agency, or leave the scope out`
  }
  if (app.targetUser === 'company' && app.allowLocationInstall) {
    return `scopes has ${scope}, which only an agency can grant: switch allowLocationInstall off, or leave the scope out`
  }
  return ''
}

const scopeFaults = (app: AppSettings) =>
  app.scopes.map((scope) =>
    scopeByName.has(scope) ? agencyScopeFault(scope, app) : `scopes has ${JSON.stringify(scope)}, which is no scope`,
  )

const redirectFaults = ({ redirectUris }: AppSettings, production: boolean) =>
  redirectUris.map((uri, index) => {
    const fault = redirectUriFault(uri, production)
    if (fault) return `redirectUris.${index} ${fault}`
    return redirectUris.indexOf(uri) < index ? `redirectUris.${index} is there twice: ${uri}` : ''
  })

const profileFaults = (app: AppSettings, production: boolean) => {
  const webhook = app.webhookUrl === '' ? '' : webhookUrlFault(app.webhookUrl, production)
  const website = app.website === '' ? '' : websiteFault(app.website)
  const logo = logoFault(app.logo)
  return [
    webhook && `webhookUrl ${webhook}`,
    website && `website ${website}`,
    app.supportEmail !== '' && !emailForm.test(app.supportEmail) ? 'supportEmail must be an email' : '',
    logo && `logo ${logo}`,
  ]
}

/**
 * Every reason why an app cannot be kept with these settings, each beginning with the name of its field.
 * `production` leaves out what only a start on one's own machine may do.
 */
export const settingsFaults = (app: AppSettings, production: boolean): readonly string[] =>
  [...nameFaults(app), ...scopeFaults(app), ...redirectFaults(app, production), ...profileFaults(app, production)].filter(Boolean)

const eventFault = ({ type, url }: EventSetting, index: number, all: readonly EventSetting[], production: boolean): string => {
  if (!Object.hasOwn(events, type)) return `events.${index}.type ${JSON.stringify(type)} is no event`
  if (all.findIndex((event) => event.type === type) < index) return `events.${index}.type ${type} is there twice`
  if (url === '') return ''
  if (installEvents.has(type)) return `events.${index}.url must be empty: ${type} always goes to the app's webhook URL`
  const fault = webhookUrlFault(url, production)
  return fault && `events.${index}.url ${fault}`
}

export const eventFaults = (sent: readonly EventSetting[], production: boolean): readonly string[] =>
  sent.map((event, index) => eventFault(event, index, sent, production)).filter(Boolean)

/** @throws WireError 422 with every fault at once */
export const demandNone = (faults: readonly string[]) => {
  if (faults.length > 0) throw unprocessable(faults)
}

export const nameTaken = () =>
  unprocessable(['name is already taken by another app: names are unique in the marketplace, whatever their case'])

/** Every event that exists, with what this app makes of it. */
export const eventRows = (scopes: readonly string[], settings: readonly EventSetting[]) =>
  Object.values(events).map(({ type, summary, scope }) => {
    const setting = settings.find((each) => each.type === type)
    const entitled = scope === '' || scopes.includes(scope)
    return { type, summary, scope, entitled, on: setting?.on ?? true, url: setting?.url ?? '' }
  })
