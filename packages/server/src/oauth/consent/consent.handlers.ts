import { badRequest, forbidden, found, WireError } from '@groundlevel/contract-kit'
import { consent as api } from '@groundlevel/contracts'
import type { Call } from '../../http/call.js'
import { type Context, implement } from '../../http/implement.js'
import type { Person } from '../../http/principal.js'
import { liveClient } from '../clients.js'
import { digestOf } from '../digests.js'
import type { OAuthParts, OAuthServices } from '../parts.js'
import { bestOffer, offerTo } from './consent.rules.js'
import { decide } from './decide.js'
import { interactionsOf } from './interactions.sql.js'
import { csrfFor, holdInteraction, openInteraction } from './opening.js'
import { createRefusals } from './refusals.js'
import { locationsOfSeat, seatsOf } from './seats.js'
import { showInteraction } from './show.js'

const mostShown = 100

const signedIn = ({ person }: Call): Person => {
  if (person) return person
  throw new WireError(401, { statusCode: 401, message: 'Sign in first: there is no session, or it has ended.' })
}

type Seen = Pick<Context, 'call' | 'now' | 'traceId'>

export const consentHandlers = (services: OAuthServices, parts: OAuthParts) => {
  const { people, apps, installs, log } = parts

  const opening = ({ call, now }: Seen) => ({ call, now, publicUrl: services.publicUrl })

  const { logOffer, refusing } = createRefusals(services, log)

  return implement(api.interactions, () => ({}), {
    get: async ({ interactionId }, context) => {
      const interaction = await openInteraction(context.db, interactionId, opening(context))
      const app = found(await apps.app(interaction.appId), 'App')
      const { person } = context.call
      if (!person) return { interaction: null, appName: app.name, account: null }
      const seats = await seatsOf(people, person)
      if (interaction.accountId !== person.accountId) logOffer(interaction, bestOffer(app, seats), context)
      const csrf = csrfFor(services.secret, interaction, person)
      await interactionsOf(services.db).bind(interaction.id, person.accountId, digestOf(csrf))
      const shown = await showInteraction(people, {
        ...{ interaction, app, person, seats, csrf },
        snapshot: await parts.brought(app.id),
      })
      return { interaction: shown, appName: app.name, account: { name: person.name, email: person.email } }
    },

    locations: async ({ interactionId, query: { companyId, query } }, context) => {
      const interaction = await openInteraction(context.db, interactionId, opening(context))
      const person = signedIn(context.call)
      const app = found(await apps.app(interaction.appId), 'App')
      const seats = await seatsOf(people, person)
      const seat =
        companyId === undefined
          ? seats.find((each) => 'chooser' in offerTo(app, each))
          : seats.find((each) => each.companyId === companyId)
      if (!seat) {
        refusing(interaction, person, context)(`${person.email} has no place at ${companyId ?? 'any agency'}.`, 'consent.foreign')
        throw forbidden('You do not have access to this agency or sub-account.')
      }
      const { rows, total } = await locationsOfSeat(people, seat, query, mostShown)
      const has = new Set((await installs.atLocationsOf(app.id, seat.companyId)).map((install) => install.locationId))
      return { locations: rows.map(({ id, name, detail }) => ({ id, name, detail, installed: has.has(id) })), total }
    },

    decide: async ({ interactionId, body }, context) => {
      const { call, db } = context
      const person = signedIn(call)
      const interaction = await holdInteraction(db, interactionId, opening(context))
      const app = found(await apps.app(interaction.appId), 'App')
      call.appId = app.id
      const refused = refusing(interaction, person, context)
      // A key or an address that the developer took back meanwhile gets neither an install nor a code.
      const client = await liveClient(apps, interaction.clientId, context.now)
      if (!client?.app.redirectUris.includes(interaction.redirectUri)) {
        refused('The client key or the redirect URL of the request was removed before the decision.', 'consent.refused')
        throw badRequest('The app has changed since this page was opened: go back to the app and begin again.')
      }
      return {
        redirectTo: await decide({ work: context, call, interaction, app, person, decision: body, parts, services, refused }),
      }
    },
  })
}
