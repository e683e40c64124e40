import { scopeByName } from '@groundlevel/contracts'
import type { Person } from '../../http/principal.js'
import type { Brought } from '../../marketplace/index.js'
import type { App, People } from '../../marketplace/installs/index.js'
import { locationScopes } from '../scope-levels.rules.js'
import { bestOffer, type Chooser, offerTo, type Seat } from './consent.rules.js'
import type { Interaction } from './interactions.sql.js'

const scopeTexts = (names: readonly string[]) =>
  names.flatMap((name) => {
    const scope = scopeByName.get(name)
    return scope ? [{ name, group: scope.group, text: scope.text, sensitive: scope.sensitive }] : []
  })

const appShown = (app: App, developerName: string) => ({
  id: app.id,
  name: app.name,
  logo: app.logo,
  tagline: app.tagline,
  developerName,
  appType: app.appType,
  targetUser: app.targetUser,
  listingType: app.listingType,
  bulkInstall: app.bulkInstall,
})

const companyShown = async (people: People, app: App, seat: Seat) => {
  const offer = offerTo(app, seat)
  if ('refusal' in offer) return []
  const locationCount = seat.whole ? await people.countLocations(seat.companyId) : seat.locationIds.length
  return [{ id: seat.companyId, name: seat.companyName, whole: offer.chooser !== 'location', locationCount }]
}

interface Shown {
  readonly interaction: Interaction
  readonly app: App
  readonly person: Person
  readonly seats: readonly Seat[]
  readonly csrf: string
  readonly snapshot: Brought | null
}

/** What the consent page shows. A refusal still shows what was asked, so that the person knows what they were refused. */
export const showInteraction = async (people: People, { interaction, app, seats, csrf, snapshot }: Shown) => {
  const offer = bestOffer(app, seats)
  const chooser: Chooser = 'chooser' in offer ? offer.chooser : app.targetUser === 'company' ? 'company' : 'location'
  const asked = chooser === 'location' ? locationScopes(interaction.scopes) : interaction.scopes
  return {
    id: interaction.id,
    csrf,
    app: appShown(app, (await people.developerName(app.developerId)) ?? ''),
    redirectUri: interaction.redirectUri,
    redirectHost: new URL(interaction.redirectUri).host,
    scopes: scopeTexts(asked),
    snapshot,
    chooser,
    companies: (await Promise.all(seats.map((seat) => companyShown(people, app, seat)))).flat(),
    refusal: 'refusal' in offer ? offer.refusal : '',
  }
}
