import type { App, CompanyUser } from '../../marketplace/installs/index.js'

/** What a signed-in person is in one agency. */
export interface Seat {
  readonly companyId: string
  readonly companyName: string
  readonly userId: string
  /** Owner or admin of the agency: every sub-account of it. */
  readonly whole: boolean
  /** The sub-accounts of anybody else. */
  readonly locationIds: readonly string[]
}

export type Chooser = 'company' | 'location' | 'bulk'

export type Offer = { readonly chooser: Chooser } | { readonly refusal: string }

type Distribution = Pick<App, 'name' | 'targetUser' | 'whoCanInstall' | 'bulkInstall' | 'allowLocationInstall'>

export const isWhole = ({ type, role, isOwner }: Pick<CompanyUser, 'type' | 'role' | 'isOwner'>) =>
  type === 'agency' && (isOwner || role === 'admin')

const agencyApp = (app: Distribution, seat: Seat): Offer => {
  if (seat.whole) return { chooser: 'company' }
  if (app.allowLocationInstall && seat.locationIds.length > 0) return { chooser: 'location' }
  return { refusal: `${app.name} is added for a whole agency: only an owner or admin of ${seat.companyName} can do that.` }
}

const locationApp = (app: Distribution, seat: Seat): Offer => {
  if (seat.whole) return { chooser: app.bulkInstall ? 'bulk' : 'location' }
  if (app.whoCanInstall === 'agency')
    return { refusal: `${app.name} can only be added by the agency: ask an owner or admin of ${seat.companyName}.` }
  if (seat.locationIds.length > 0) return { chooser: 'location' }
  return { refusal: `${app.name} is added to a sub-account, and you are a user of none at ${seat.companyName}.` }
}

/** The token matrix (M3): which choice the distribution of the app gives to this seat, or why none. */
export const offerTo = (app: Distribution, seat: Seat): Offer =>
  app.targetUser === 'company' ? agencyApp(app, seat) : locationApp(app, seat)

const order: readonly Chooser[] = ['company', 'bulk', 'location']

/** The widest choice among several seats; where there is none, the first reason. */
export const bestOffer = (app: Distribution, seats: readonly Seat[]): Offer => {
  const offers = seats.map((seat) => offerTo(app, seat))
  const choosers = offers.flatMap((offer) => ('chooser' in offer ? [offer.chooser] : []))
  const best = order.find((chooser) => choosers.includes(chooser))
  if (best) return { chooser: best }
  return (
    offers[0] ?? {
      refusal: `${app.name} is added to an agency or a sub-account, and this account belongs to none: sign in as somebody who does.`,
    }
  )
}

/** What the page asked for. */
export interface Choice {
  readonly companyId?: string
  readonly locationIds: readonly string[]
  readonly all: boolean
  readonly future: boolean
}

/**
 * One sub-account and no agency named: that sub-account's own install, whose code gives a location token, although this person
 * could have chosen in bulk. The consent page always names the agency of a bulk choice.
 */
export const narrowed = (chooser: Chooser, { companyId, locationIds, all, future }: Choice): Chooser =>
  chooser === 'bulk' && companyId === undefined && locationIds.length === 1 && !all && !future ? 'location' : chooser

/** What is wrong with the choice, '' where nothing is. */
export const choiceProblem = (chooser: Chooser, { locationIds, all, future }: Choice): string => {
  if (chooser === 'company')
    return locationIds.length > 0 ? 'This app is added for the whole agency: choose no sub-accounts.' : ''
  if (chooser === 'location') {
    if (all || future) return 'This app is added to one sub-account at a time.'
    return locationIds.length === 1 ? '' : 'Choose one sub-account.'
  }
  if (all) return locationIds.length > 0 ? 'Choose sub-accounts, or all of them, not both.' : ''
  if (future) return 'Future sub-accounts can only be added together with all present ones.'
  return locationIds.length > 0 ? '' : 'Choose at least one sub-account.'
}
