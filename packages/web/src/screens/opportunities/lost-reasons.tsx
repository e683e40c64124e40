import { opportunities } from '@groundlevel/contracts'
import { Button, Group, Pill, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card } from '../../parts/page.js'
import { useLocationId } from '../contacts/words.js'
import { useLostReasons } from './words.js'

/** Why deals are lost: short words to choose from. */
export const LostReasons = () => {
  const locationId = useLocationId()
  const found = useLostReasons()
  const [typed, setTyped] = useState('')
  const add = useSend(opportunities.lostReasons.create, () => setTyped(''))
  const remove = useSend(opportunities.lostReasons.remove)
  const problem = add.error ?? remove.error
  return (
    <div style={{ width: '100%', maxWidth: 1080, marginInline: 'auto' }}>
      <Card title="Why deals are lost" about="Offered when an opportunity is marked as lost.">
        <Stack gap="sm">
          <Loaded from={found} what="The reasons" waiting={<Waiting lines={1} />}>
            {({ lostReasons }) =>
              lostReasons.length === 0 ? (
                <Text size="sm" c="dimmed">
                  No reason yet.
                </Text>
              ) : (
                <Group gap={6}>
                  {lostReasons.map(({ id, name }) => (
                    <Pill
                      key={id}
                      withRemoveButton
                      removeButtonProps={{ 'aria-label': `Offer ${name} no longer`, 'aria-hidden': false, tabIndex: 0 }}
                      onRemove={() => remove.mutate({ lostReasonId: id })}
                    >
                      {name}
                    </Pill>
                  ))}
                </Group>
              )
            }
          </Loaded>
          <form
            onSubmit={(event) => {
              event.preventDefault()
              if (typed.trim()) add.mutate({ body: { locationId, name: typed.trim() } })
            }}
          >
            <Group gap="xs">
              <TextInput
                size="xs"
                aria-label="New reason"
                placeholder="Too dear"
                maxLength={200}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
              <Button type="submit" size="xs" variant="default" loading={add.isPending} disabled={!typed.trim()}>
                Add reason
              </Button>
            </Group>
          </form>
          {problem && <Failure what="The reasons were not changed" problem={problem} focus />}
        </Stack>
      </Card>
    </div>
  )
}
