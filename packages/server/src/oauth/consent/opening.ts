import { badRequest, forbidden, found } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import type { Call } from '../../http/call.js'
import type { Person } from '../../http/principal.js'
import { browserIn } from '../browser-cookie.js'
import { boundText, digestOf, sameDigest } from '../digests.js'
import { type Interaction, interactionsOf } from './interactions.sql.js'

const late = () => badRequest('This request has expired: go back to the app and begin again.')
const decided = () => forbidden('This request has been decided: go back to the app and begin again.')

interface Opening {
  readonly call: Call
  readonly now: Date
  readonly publicUrl: string
}

const belongsTo = (interaction: Interaction, { call, publicUrl }: Opening): boolean => {
  const browser = browserIn(call.request, publicUrl)
  return browser !== undefined && sameDigest(digestOf(browser), interaction.browserHash)
}

const checked = (interaction: Interaction | undefined, opening: Opening): Interaction => {
  // In another browser it does not exist: nobody can be sent into somebody else's request.
  const own = found(interaction && belongsTo(interaction, opening) ? interaction : undefined, 'Interaction')
  if (own.decidedAt !== null) throw decided()
  if (own.expiresAt.getTime() <= opening.now.getTime()) throw late()
  return own
}

/** The request that this very browser began, undecided and in time. */
export const openInteraction = async (db: Db, id: string, opening: Opening): Promise<Interaction> =>
  checked(await interactionsOf(db).find(id), opening)

/** The same, and nobody else decides it meanwhile. */
export const holdInteraction = async (db: Db, id: string, opening: Opening): Promise<Interaction> =>
  checked(await interactionsOf(db).hold(id), opening)

/** One value for one request, browser, session and account: loading the page twice does not spoil the first copy. */
export const csrfFor = (secret: Buffer, interaction: Interaction, person: Person): string =>
  boundText(secret, [
    'consent',
    interaction.id,
    interaction.browserHash.toString('hex'),
    person.accountId,
    person.sessionHash.toString('hex'),
  ])
