import { payments } from '@groundlevel/contracts'
import { Anchor, Badge, Button, Group, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { Id } from '../../parts/identifier.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import parts from '../../parts/parts.module.css'
import { When } from '../../parts/when.js'
import { useSession } from '../../session.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { Removal } from '../settings/removal.js'
import { Fulfil, RecordPayment } from './order-acts.js'
import { OrderNotes } from './order-notes.js'
import { ChargeSaved, OrderPayments, PayLink } from './order-payments.js'
import { amountOf, type Order, useAlt, useBase, wordOf } from './words.js'

const Items = ({ order }: { order: Order }) => {
  const { subtotal, discount, tax, shipping } = order.amountSummary
  const sums = [
    ['Subtotal', subtotal],
    ['Discount', -discount],
    ['Taxes', tax],
    ['Shipping', shipping],
    ['Total', order.amount],
    ['Paid', order.amountPaid],
    ['Paid back', order.amountRefunded],
  ] as const
  return (
    <Card title="Items" flush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus */}
      <div className={parts.scroll} tabIndex={0} role="group" aria-label="Items of the order">
        <Table miw={420}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Item</Table.Th>
              <Table.Th ta="right">Price</Table.Th>
              <Table.Th ta="right">How many</Table.Th>
              <Table.Th ta="right">Together</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {order.items.map(({ _id, name, qty, price }) => (
              <Table.Tr key={_id}>
                <Table.Td>{name}</Table.Td>
                <Table.Td ta="right">{amountOf(price.amount, order.currency)}</Table.Td>
                <Table.Td ta="right">{qty}</Table.Td>
                <Table.Td ta="right">{amountOf(price.amount * qty, order.currency)}</Table.Td>
              </Table.Tr>
            ))}
            {sums
              .filter(([label, amount]) => amount !== 0 || label === 'Total' || label === 'Paid')
              .map(([label, amount]) => (
                <Table.Tr key={label}>
                  <Table.Th scope="row" colSpan={3} ta="right" fw={label === 'Total' ? 700 : 400}>
                    {label}
                  </Table.Th>
                  <Table.Td ta="right" fw={label === 'Total' ? 700 : 400}>
                    {amountOf(amount, order.currency)}
                  </Table.Td>
                </Table.Tr>
              ))}
          </Table.Tbody>
        </Table>
      </div>
    </Card>
  )
}

const Sent = ({ order }: { order: Order }) => {
  const alt = useAlt()
  const found = useAsk(payments.fulfillment.list, { orderId: order._id, query: alt })
  const rows = found.data?.data ?? []
  return (
    <Card title="Sent">
      <Stack gap="sm">
        {rows.length === 0 && (
          <Text size="sm" c="dimmed">
            Nothing was sent yet.
          </Text>
        )}
        {rows.map(({ _id, items, trackings, createdAt }) => (
          <Text key={_id} size="sm" component="div">
            {items.map(({ name, qty }) => `${qty} × ${name}`).join(', ')} · <When at={createdAt} />
            {trackings.map(({ trackingNumber, shippingCarrier }) => (
              <Text key={trackingNumber} size="xs" c="dimmed">
                {[shippingCarrier, trackingNumber].filter(Boolean).join(' ')}
              </Text>
            ))}
          </Text>
        ))}
        {found.error && <Failure what="What was sent could not be loaded" problem={found.error} />}
      </Stack>
    </Card>
  )
}

type Act = 'pay' | 'saved' | 'send' | 'delete'

const Remove = ({ order, onClose }: { order: Order; onClose: () => void }) => {
  const { altId } = useAlt()
  const base = useBase()
  const navigate = useNavigate()
  const remove = useSend(payments.order.remove, () => void navigate(`${base}/orders`))
  return (
    <Removal
      name="this order"
      type={order._id.slice(-6)}
      send={remove}
      input={{ orderId: order._id, query: { altId } }}
      onClose={onClose}
    >
      What it took of the stock comes back; its payments stay in the transactions. This cannot be undone.
    </Removal>
  )
}

const Acts = ({ order }: { order: Order }) => {
  const alt = useAlt()
  const local = useSession().data?.local ?? false
  const link = useAsk(payments.orderPayment.link, { orderId: order._id, query: alt })
  const [act, setAct] = useState<Act>()
  const close = () => setAct(undefined)
  const charge = useSend(payments.orderPayment.charge, ({ status }) => sayDone(`The test provider says: ${wordOf(status)}`))
  const update = useSend(payments.order.update, () => sayDone('Cancelled'))
  const due = order.amount - order.amountPaid > 0 && order.status !== 'cancelled'
  const problem = charge.error ?? update.error
  return (
    <Stack gap="xs" align="flex-end">
      <Group gap="xs">
        {due && <Button onClick={() => setAct('pay')}>Record a payment</Button>}
        {due && local && (
          <Button variant="default" loading={charge.isPending} onClick={() => charge.mutate({ orderId: order._id, body: alt })}>
            Charge by the test provider
          </Button>
        )}
        {due && link.data?.provider && (
          <Button variant="default" onClick={() => setAct('saved')}>
            Charge a saved method
          </Button>
        )}
        {order.fulfillmentStatus !== 'fulfilled' && order.status !== 'cancelled' && (
          <Button variant="default" onClick={() => setAct('send')}>
            Record as sent
          </Button>
        )}
        {order.status === 'pending' && (
          <Button
            variant="default"
            loading={update.isPending}
            onClick={() => update.mutate({ orderId: order._id, body: { ...alt, status: 'cancelled' } })}
          >
            Cancel order
          </Button>
        )}
        <Button variant="default" onClick={() => setAct('delete')}>
          Delete
        </Button>
      </Group>
      {due && <PayLink order={order} />}
      {problem && <Failure what="That did not work" problem={problem} focus />}
      {act === 'pay' && <RecordPayment order={order} onClose={close} />}
      {act === 'saved' && <ChargeSaved order={order} onClose={close} />}
      {act === 'send' && <Fulfil order={order} onClose={close} />}
      {act === 'delete' && <Remove order={order} onClose={close} />}
    </Stack>
  )
}

const Facts = ({ order }: { order: Order }) => {
  const locationId = useLocationId()
  const { name, email } = order.contactSnapshot as { name?: string; email?: string }
  return (
    <Group gap="xs">
      <Anchor component={Link} to={`/portal/sub-account/${locationId}/contacts/${order.contactId}`} size="sm">
        {name || email || 'The contact'}
      </Anchor>
      {[...new Set([order.status, order.paymentStatus, order.fulfillmentStatus])].map((status) => (
        <Badge key={status} color="gray" c="var(--mantine-color-text)">
          {wordOf(status)}
        </Badge>
      ))}
      <Id value={order._id} what="order id" />
      <Text span size="sm">
        placed <When at={order.createdAt} />
      </Text>
    </Group>
  )
}

/** One order. */
export const OrderPage = () => {
  const { orderId = '' } = useParams()
  const { altId } = useAlt()
  const found = useAsk(payments.order.get, { orderId, query: { altId } })
  return (
    <Loaded from={found} what="The order" waiting={<Waiting lines={8} />}>
      {(order) => (
        <Page
          title={`Order of ${amountOf(order.amount, order.currency)}`}
          about={<Facts order={order} />}
          actions={<Acts order={order} />}
        >
          <Items order={order} />
          <OrderPayments order={order} />
          <Sent order={order} />
          <OrderNotes orderId={order._id} />
        </Page>
      )}
    </Loaded>
  )
}
