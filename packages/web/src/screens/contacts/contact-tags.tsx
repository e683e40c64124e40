import { contacts } from '@groundlevel/contracts'
import { Autocomplete, Button, Group, Pill, Stack } from '@mantine/core'
import { useState } from 'react'
import { useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { Card } from '../../parts/page.js'
import { useTagNames } from './use-contacts.js'
import type { Contact } from './words.js'

/** Tags of a contact: taken off by a press, added by name. */
export const ContactTags = ({ contact }: { contact: Contact }) => {
  const known = useTagNames()
  const [typed, setTyped] = useState('')
  const add = useSend(contacts.tags.add, () => setTyped(''))
  const remove = useSend(contacts.tags.remove)
  const problem = add.error ?? remove.error
  return (
    <Card title="Tags">
      <Stack gap="sm">
        {contact.tags.length > 0 && (
          <Group gap={6}>
            {contact.tags.map((tag) => (
              <Pill
                key={tag}
                withRemoveButton
                removeButtonProps={{ 'aria-label': `Take off the tag ${tag}`, 'aria-hidden': false, tabIndex: 0 }}
                onRemove={() => remove.mutate({ contactId: contact.id, body: { tags: [tag] } })}
              >
                {tag}
              </Pill>
            ))}
          </Group>
        )}
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (typed.trim()) add.mutate({ contactId: contact.id, body: { tags: [typed.trim()] } })
          }}
        >
          <Group gap="xs" wrap="nowrap">
            <Autocomplete
              size="xs"
              flex={1}
              aria-label="Add a tag"
              placeholder="Add a tag"
              maxLength={200}
              data={known.filter((tag) => !contact.tags.includes(tag))}
              limit={20}
              value={typed}
              onChange={setTyped}
            />
            <Button type="submit" size="xs" variant="default" loading={add.isPending} disabled={!typed.trim()}>
              Add
            </Button>
          </Group>
        </form>
        {problem && <Failure what="The tags were not changed" problem={problem} focus />}
      </Stack>
    </Card>
  )
}
