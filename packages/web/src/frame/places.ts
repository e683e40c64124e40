import { installs } from '@groundlevel/contracts'
import { useLocalStorage } from '@mantine/hooks'
import {
  IconAddressBook,
  IconApps,
  IconBuildingStore,
  IconCalendar,
  IconCamera,
  IconHome,
  IconKey,
  IconListDetails,
  IconLockAccess,
  IconMessages,
  IconPlugConnected,
  IconReceipt,
  IconRoute,
  IconSettings,
  IconTargetArrow,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import { useEffect } from 'react'
import { useParams } from 'react-router'
import { useAsk } from '../api.js'
import { type Place, useSession } from '../session.js'

export const kindNames: Readonly<Record<Place['kind'], string>> = {
  developer: 'Developer',
  agency: 'Agency',
  location: 'Sub-account',
}

/** The colour of a place runs through the frame; theme.ts has it for both schemes. */
export const colourOf = (kind: Place['kind']) => `var(--gl-${kind})`

export const baseOf = (place: Pick<Place, 'kind' | 'id'>): string => {
  if (place.kind === 'developer') return '/portal/developer'
  return place.kind === 'agency' ? `/portal/agency/${place.id}` : `/portal/sub-account/${place.id}`
}

export const homeOf = (place: Pick<Place, 'kind' | 'id'>): string => {
  const home = { developer: 'apps', agency: 'sub-accounts', location: 'home' } as const
  return `${baseOf(place)}/${home[place.kind]}`
}

export interface Entry {
  readonly label: string
  readonly to: string
  readonly icon: typeof IconApps
}

const store: Entry = { label: 'Store', to: '/portal/store', icon: IconBuildingStore }

/** What the left side lists for a place: only what exists. */
export const entriesOf = (place: Place | undefined): readonly Entry[] => {
  if (!place) return [store]
  const base = baseOf(place)
  const installed = { label: 'Installed apps', to: `${base}/installed`, icon: IconPlugConnected }
  if (place.kind === 'location')
    return [
      { label: 'Home', to: `${base}/home`, icon: IconHome },
      { label: 'Contacts', to: `${base}/contacts`, icon: IconAddressBook },
      { label: 'Conversations', to: `${base}/conversations`, icon: IconMessages },
      { label: 'Opportunities', to: `${base}/opportunities`, icon: IconTargetArrow },
      { label: 'Calendar', to: `${base}/calendars`, icon: IconCalendar },
      { label: 'Payments', to: `${base}/payments`, icon: IconReceipt },
      { label: 'Automation', to: `${base}/automation`, icon: IconRoute },
      installed,
      { label: 'Settings', to: `${base}/settings`, icon: IconSettings },
    ]
  if (place.kind === 'agency')
    return [
      { label: 'Sub-accounts', to: `${base}/sub-accounts`, icon: IconUsersGroup },
      { label: 'Users', to: `${base}/users`, icon: IconUsers },
      installed,
      store,
      { label: 'Snapshots', to: `${base}/snapshots`, icon: IconCamera },
      { label: 'Company profile', to: `${base}/company`, icon: IconSettings },
    ]
  return [
    { label: 'My Apps', to: `${base}/apps`, icon: IconApps },
    { label: 'Timeline', to: `${base}/timeline`, icon: IconListDetails },
    store,
    { label: 'Scopes', to: '/portal/docs/scopes', icon: IconLockAccess },
    { label: 'Webhook keys', to: '/portal/docs/webhook-keys', icon: IconKey },
  ]
}

const samePlace = (place: Place, id: string) => place.id === id

/** The sub-account of an agency that its people look into without being its users. */
const useVisited = (places: readonly Place[], locationId: string | undefined): Place | undefined => {
  const agency = places.find((place) => place.kind === 'agency')
  const visiting = locationId !== undefined && agency !== undefined && !places.some((place) => samePlace(place, locationId))
  const found = useAsk(installs.agency.locations, { companyId: agency?.id ?? '', query: {} }, { enabled: visiting })
  if (!visiting || !agency || !locationId) return undefined
  const name = found.data?.locations.find((location) => location.id === locationId)?.name ?? 'Sub-account'
  return { kind: 'location', id: locationId, name, role: agency.role, companyId: agency.id }
}

/** The place that the address names; on pages of no place, the one that was left last. */
export const usePlaces = (pathname: string): { places: readonly Place[]; current: Place | undefined } => {
  const places = useSession().data?.account?.places ?? []
  const { companyId, locationId } = useParams()
  const [last, setLast] = useLocalStorage({ key: 'groundlevel-place', defaultValue: '', getInitialValueInEffect: false })
  const visited = useVisited(places, locationId)
  const named = pathname.startsWith('/portal/developer') ? places.find((place) => place.kind === 'developer') : undefined
  const addressed = named ?? visited ?? places.find((place) => samePlace(place, companyId ?? locationId ?? ''))
  const current = addressed ?? places.find((place) => samePlace(place, last)) ?? places[0]
  const addressedId = visited ? undefined : addressed?.id
  useEffect(() => {
    if (addressedId) setLast(addressedId)
  }, [addressedId, setLast])
  return { places, current }
}
