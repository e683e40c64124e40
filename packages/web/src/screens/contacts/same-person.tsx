import { contacts } from '@groundlevel/contracts'
import { Anchor, Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useAsk } from '../../api.js'
import { Notice } from '../../parts/notice.js'
import { MergeContacts } from './merge-contacts.js'
import { type Contact, nameOf, useLocationId } from './words.js'

const reachedBy = ({ email, phone }: Contact) =>
  [
    { field: 'email', value: email },
    { field: 'phone', value: phone },
  ].flatMap(({ field, value }) => (value ? [{ field, operator: 'eq', value }] : []))

/** Says that another contact has the same e-mail or phone number, and offers to make one of the two. */
export const SamePerson = ({ contact }: { contact: Contact }) => {
  const locationId = useLocationId()
  const navigate = useNavigate()
  const [merging, setMerging] = useState(false)
  const same = reachedBy(contact)
  const filters = same.length > 1 ? [{ group: 'OR', filters: same }] : same
  const found = useAsk(contacts.search.advanced, { body: { locationId, pageLimit: 2, filters } }, { enabled: same.length > 0 })
  const other = found.data?.contacts.find(({ id }) => id !== contact.id)
  if (!other?.id) return null
  const base = `/portal/sub-account/${locationId}/contacts`
  const shared = contact.email && other.email?.toLowerCase() === contact.email.toLowerCase() ? 'e-mail address' : 'phone number'
  return (
    <Notice tone="waiting" title="Perhaps the same person twice">
      <Group gap="sm" justify="space-between">
        <Text size="sm">
          <Anchor component={Link} to={`${base}/${other.id}`} size="sm">
            {nameOf(other)}
          </Anchor>{' '}
          has the same {shared}.
        </Text>
        <Button variant="default" size="xs" onClick={() => setMerging(true)}>
          Compare and merge
        </Button>
      </Group>
      {merging && (
        <MergeContacts
          ids={[contact.id, other.id]}
          onClose={() => setMerging(false)}
          onMerged={(id) => {
            setMerging(false)
            void navigate(`${base}/${id}`, { replace: true })
          }}
        />
      )}
    </Notice>
  )
}
