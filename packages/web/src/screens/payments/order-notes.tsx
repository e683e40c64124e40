import { payments } from '@groundlevel/contracts'
import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useAsk, useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { Card } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { useUsers } from '../contacts/words.js'
import { useAlt } from './words.js'

/** What colleagues wrote about an order. */
export const OrderNotes = ({ orderId }: { orderId: string }) => {
  const alt = useAlt()
  const { nameOfUser } = useUsers()
  const [typed, setTyped] = useState('')
  const found = useAsk(payments.orderNote.list, { orderId, query: alt })
  const add = useSend(payments.orderNote.create, () => setTyped(''))
  return (
    <Card title="Notes">
      <Stack gap="sm">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (typed.trim()) add.mutate({ orderId, body: { ...alt, body: typed.trim() } })
          }}
        >
          <Stack gap="xs" align="flex-start">
            <Textarea
              w="100%"
              aria-label="Write a note"
              placeholder="Write a note"
              autosize
              minRows={2}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <Button type="submit" size="xs" variant="default" loading={add.isPending} disabled={!typed.trim()}>
              Add note
            </Button>
          </Stack>
        </form>
        {(found.data?.data ?? []).map(({ _id, body, userId, createdAt }) => (
          <div key={_id}>
            <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {body}
            </Text>
            <Group gap="xs">
              <Text size="xs" c="dimmed">
                {userId && `${nameOfUser(userId)} · `}
                <When at={createdAt} />
              </Text>
            </Group>
          </div>
        ))}
        {(found.error ?? add.error) && (
          <Failure what="The notes are not complete" problem={(found.error ?? add.error) as never} />
        )}
      </Stack>
    </Card>
  )
}
