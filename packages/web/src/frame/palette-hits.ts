import { IconAddressBook, IconAdjustments, IconApps, IconBuilding, IconListDetails, IconPlus } from '@tabler/icons-react'
import type { Place } from '../session.js'
import { entriesOf, homeOf, kindNames } from './places.js'

export interface Hit {
  readonly label: string
  readonly to: string
  readonly kind: string
  readonly icon: typeof IconApps
}

interface Known {
  readonly places: readonly Place[]
  readonly current: Place | undefined
  /** Whose id was pasted. */
  readonly contact?: { readonly id: string; readonly locationId: string; readonly name: string } | undefined
  readonly apps: readonly { readonly id: string; readonly name: string }[]
  readonly locations: readonly { readonly id: string; readonly name: string }[]
}

const shown = 9

/** Ids, client ids (`<app id>-…`), trace ids and codes have no blanks and are long. */
export const looksLikeId = (text: string) => /^[\w-]{16,}$/.test(text)

const screens = ({ places, current }: Known): Hit[] => {
  const here = entriesOf(current).map((entry) => ({ label: entry.label, to: entry.to, kind: 'Go to', icon: entry.icon }))
  const isDeveloper = places.some((place) => place.kind === 'developer')
  const create: Hit = { label: 'Create App', to: '/portal/developer/apps/new', kind: 'Do', icon: IconPlus }
  return isDeveloper ? [...here, create] : here
}

const appHits = ({ apps }: Known): (Hit & { id: string })[] =>
  apps.map((app) => ({
    id: app.id,
    label: app.name,
    to: `/portal/developer/apps/${app.id}/overview`,
    kind: 'App',
    icon: IconApps,
  }))

const contactHits = ({ contact }: Known): (Hit & { id: string })[] =>
  contact
    ? [
        {
          id: contact.id,
          label: contact.name,
          to: `/portal/sub-account/${contact.locationId}/contacts/${contact.id}`,
          kind: 'Contact',
          icon: IconAddressBook,
        },
      ]
    : []

const locationHits = ({ locations }: Known): (Hit & { id: string })[] =>
  locations.map((location) => ({
    id: location.id,
    label: location.name,
    to: homeOf({ kind: 'location', id: location.id }),
    kind: 'Sub-account',
    icon: IconBuilding,
  }))

const placeHits = ({ places, current }: Known): (Hit & { id: string })[] =>
  places
    .filter((place) => place.id !== current?.id)
    .map((place) => ({
      id: place.id,
      label: `Act as ${place.name}`,
      to: homeOf(place),
      kind: kindNames[place.kind],
      icon: IconAdjustments,
    }))

/** What the palette offers for what was typed: screens and names, or the thing that an id belongs to. */
export const hitsFor = (typed: string, known: Known): readonly Hit[] => {
  const wanted = typed.trim()
  const things = [...contactHits(known), ...appHits(known), ...locationHits(known), ...placeHits(known)]
  if (looksLikeId(wanted)) {
    const owner = things.find((thing) => wanted === thing.id || wanted.startsWith(`${thing.id}-`))
    const inTimeline: Hit = {
      label: `Find ${wanted} in the timeline`,
      to: `/portal/developer/timeline?query=${encodeURIComponent(wanted)}`,
      kind: 'Id',
      icon: IconListDetails,
    }
    const isDeveloper = known.places.some((place) => place.kind === 'developer')
    return [...(owner ? [owner] : []), ...(isDeveloper ? [inTimeline] : [])]
  }
  const words = wanted.toLowerCase()
  return [...screens(known), ...things].filter((hit) => hit.label.toLowerCase().includes(words)).slice(0, shown)
}
