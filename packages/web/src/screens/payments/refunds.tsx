import type { Reply } from '@groundlevel/contract-kit'
import { payments } from '@groundlevel/contracts'
import { Button, Group, Stack, Table, Text } from '@mantine/core'
import { useAsk, useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { Notice } from '../../parts/notice.js'
import { Card } from '../../parts/page.js'
import parts from '../../parts/parts.module.css'
import { When } from '../../parts/when.js'
import { sayDone } from '../developer/save-bar.js'
import { amountOf, useAlt } from './words.js'

type Refund = Reply<typeof payments.refund.list>['refunds'][number]

const words: Readonly<Record<Refund['status'], string>> = {
  pending: 'Asked for, no answer yet',
  succeeded: 'Given back',
  failed: 'Refused',
}

/** What can be done about a refund that the app did not answer for. */
const Open = ({ of }: { of: Refund }) => {
  const alt = useAlt()
  const settle = useSend(payments.refund.settle, ({ status }) => sayDone(words[status]))
  const run = (outcome: 'ask' | 'succeeded' | 'failed') =>
    settle.mutate({ transactionId: of.transactionId, refundId: of._id, body: { ...alt, outcome } })
  return (
    <Notice tone="waiting" title={`${amountOf(of.amount, of.currency)} may be given back already`}>
      <Stack gap="xs">
        <Text size="sm">
          The app did not say what came of it{of.message ? ` (${of.message})` : ''}. It is asked from time to time. Look there, or
          say what you found out.
        </Text>
        {settle.error && <Failure what="The refund stays as it is" problem={settle.error} />}
        <Group gap="xs">
          <Button size="xs" variant="default" loading={settle.isPending} onClick={() => run('ask')}>
            Ask for it again
          </Button>
          <Button size="xs" variant="default" disabled={settle.isPending} onClick={() => run('succeeded')}>
            It was given back
          </Button>
          <Button size="xs" variant="default" disabled={settle.isPending} onClick={() => run('failed')}>
            It was not
          </Button>
        </Group>
      </Stack>
    </Notice>
  )
}

/** What was asked back of a payment; nothing where nothing was. */
export const Refunds = ({ transactionId }: { transactionId: string }) => {
  const { altId } = useAlt()
  const found = useAsk(payments.refund.list, { transactionId, query: { altId } })
  if (found.error) return <Failure what="The refunds could not be loaded" problem={found.error} />
  const refunds = found.data?.refunds ?? []
  if (refunds.length === 0) return null
  return (
    <>
      {refunds
        .filter(({ status }) => status === 'pending')
        .map((each) => (
          <Open key={each._id} of={each} />
        ))}
      <Card flush title="Refunds">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus */}
        <div className={parts.scroll} tabIndex={0} role="group" aria-label="Refunds">
          <Table miw={320}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Amount</Table.Th>
                <Table.Th scope="col">State</Table.Th>
                <Table.Th scope="col">Asked for</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {refunds.map(({ _id, amount, currency, status, createdAt }) => (
                <Table.Tr key={_id}>
                  <Table.Td>{amountOf(amount, currency)}</Table.Td>
                  <Table.Td>{words[status]}</Table.Td>
                  <Table.Td>
                    <When at={createdAt} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </Card>
    </>
  )
}
