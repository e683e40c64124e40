import { apps as appsApi, contacts, installs } from '@groundlevel/contracts'
import { Modal, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useAsk } from '../api.js'
import { nameOf } from '../screens/contacts/contact-name.js'
import type { Place } from '../session.js'
import classes from './frame.module.css'
import { type Hit, hitsFor, looksLikeId } from './palette-hits.js'

export interface PaletteProps {
  readonly places: readonly Place[]
  readonly current: Place | undefined
}

/** The contact of the sub-account in the address whose id was pasted. */
const useContactById = (typed: string) => {
  const { locationId } = useParams()
  const wanted = locationId !== undefined && looksLikeId(typed)
  const found = useAsk(contacts.contact.get, { contactId: typed }, { enabled: wanted })
  const contact = wanted ? found.data?.contact : undefined
  return contact && { id: contact.id, locationId: contact.locationId, name: nameOf(contact) }
}

const useHits = ({ places, current }: PaletteProps, typed: string): readonly Hit[] => {
  const agency = places.find((place) => place.kind === 'agency')
  const apps = useAsk(appsApi.app.list, {}, { enabled: places.some((place) => place.kind === 'developer') })
  const locations = useAsk(
    installs.agency.locations,
    { companyId: agency?.id ?? '', query: {} },
    { enabled: agency !== undefined },
  )
  const contact = useContactById(typed.trim())
  return hitsFor(typed, {
    places,
    current,
    contact,
    apps: apps.data?.apps ?? [],
    locations: locations.data?.locations ?? [],
  })
}

const Finder = ({ onClose, ...props }: PaletteProps & { onClose: () => void }) => {
  const [typed, setTyped] = useState('')
  const [marked, setMarked] = useState(0)
  const navigate = useNavigate()
  const hits = useHits(props, typed)
  const at = Math.min(marked, hits.length - 1)
  const go = (hit: Hit | undefined) => {
    if (!hit) return
    onClose()
    void navigate(hit.to)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setMarked((at + step + hits.length) % Math.max(hits.length, 1))
    if (event.key === 'Enter') go(hits[at])
    if (step || event.key === 'Enter') event.preventDefault()
  }
  return (
    <>
      <TextInput
        data-autofocus
        size="md"
        variant="unstyled"
        px="md"
        placeholder="Go to a screen, or paste any id"
        aria-label="Go to a screen, or paste any id"
        leftSection={<IconSearch size={18} />}
        role="combobox"
        aria-expanded
        aria-controls="palette-hits"
        aria-activedescendant={hits[at] ? `hit-${at}` : undefined}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setMarked(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id="palette-hits"
        role="listbox"
        aria-label="Results"
        style={{ padding: 8, borderTop: '1px solid var(--mantine-color-default-border)' }}
      >
        {hits.map((hit, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keys
          <div
            key={hit.to + hit.label}
            id={`hit-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={classes.hit}
            onClick={() => go(hit)}
            onMouseMove={() => setMarked(index)}
          >
            <hit.icon size={18} aria-hidden />
            <span style={{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' }}>{hit.label}</span>
            <Text span size="xs" c="dimmed">
              {hit.kind}
            </Text>
          </div>
        ))}
      </div>
      {hits.length === 0 && (
        <Text size="sm" c="dimmed" p="md" pt={0} role="status">
          Nothing has that name. Paste a whole id to look it up in the timeline.
        </Text>
      )}
    </>
  )
}

/** Go to, and find by id. */
export const PaletteDialog = ({ opened, onClose, ...props }: PaletteProps & { opened: boolean; onClose: () => void }) => (
  <Modal.Root opened={opened} onClose={onClose} padding={0} yOffset="12vh" centered={false} size="lg">
    <Modal.Overlay />
    <Modal.Content aria-label="Search">
      <Finder {...props} onClose={onClose} />
    </Modal.Content>
  </Modal.Root>
)
