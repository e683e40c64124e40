import { payments } from '@groundlevel/contracts'
import { Group, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useSend } from '../../api.js'
import { sayDone } from '../developer/save-bar.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { amountOf, type Order, useAlt } from './words.js'

const modes = [
  { value: 'cash', label: 'Cash' },
  { value: 'bank_transfer', label: 'Bank transfer' },
  { value: 'card', label: 'Card, elsewhere' },
  { value: 'cheque', label: 'Cheque' },
  { value: 'other', label: 'Otherwise' },
]

interface ActProps {
  readonly order: Order
  readonly onClose: () => void
}

/** What was paid outside: all that is due, or a part of it. */
export const RecordPayment = ({ order, onClose }: ActProps) => {
  const alt = useAlt()
  const due = order.amount - order.amountPaid
  const { form, options, names } = useRecordForm({ mode: 'cash', amount: due as number | string, notes: '' })
  const send = useSend(payments.orderPayment.record, () => {
    sayDone('The payment is recorded')
    onClose()
  })
  return (
    <EditDrawer
      title="Record a payment"
      failed="The payment was not recorded"
      sends={[send]}
      names={names}
      action="Record"
      onSubmit={form.onSubmit(({ mode, amount, notes }) => {
        const part = Number(amount) < due ? { amount: Number(amount), isPartialPayment: true } : {}
        const body = { ...alt, mode: mode as 'cash', ...part, ...(notes.trim() ? { notes: notes.trim() } : {}) }
        send.mutate({ orderId: order._id, body }, options)
      })}
      onClose={onClose}
    >
      <Select label="How" data={modes} {...form.getInputProps('mode')} allowDeselect={false} />
      <NumberInput
        label="Amount"
        description={`${amountOf(due, order.currency)} is due.`}
        min={0}
        max={due}
        decimalScale={2}
        hideControls
        {...form.getInputProps('amount')}
      />
      <Textarea label="Notes" autosize minRows={2} {...form.getInputProps('notes')} />
    </EditDrawer>
  )
}

/** Everything of the order that has a price is recorded as sent. */
export const Fulfil = ({ order, onClose }: ActProps) => {
  const alt = useAlt()
  const { form, options, names } = useRecordForm({
    shippingCarrier: '',
    trackingNumber: '',
    ...Object.fromEntries(order.items.map(({ price, qty }) => [`item ${price._id}`, qty as number | string])),
  } as Record<string, number | string>)
  const send = useSend(payments.fulfillment.create, () => {
    sayDone('Recorded as sent')
    onClose()
  })
  return (
    <EditDrawer
      title="Record as sent"
      failed="It was not recorded"
      sends={[send]}
      names={names}
      action="Record"
      onSubmit={form.onSubmit((values) => {
        const { shippingCarrier, trackingNumber } = values
        const tracked = { shippingCarrier: String(shippingCarrier), trackingNumber: String(trackingNumber) }
        const items = order.items.flatMap(({ price }) => {
          const qty = Number(values[`item ${price._id}`])
          return qty > 0 ? [{ priceId: price._id, qty }] : []
        })
        const trackings = tracked.trackingNumber || tracked.shippingCarrier ? [tracked] : []
        send.mutate({ orderId: order._id, body: { ...alt, trackings, items, notifyCustomer: false } }, options)
      })}
      onClose={onClose}
    >
      {order.items.map(({ price, name, qty }) => (
        <NumberInput
          key={price._id}
          label={name}
          description={`${qty} ordered.`}
          min={0}
          max={qty}
          {...form.getInputProps(`item ${price._id}`)}
        />
      ))}
      <Group grow align="flex-start">
        <TextInput label="Carrier" {...form.getInputProps('shippingCarrier')} />
        <TextInput label="Tracking number" {...form.getInputProps('trackingNumber')} />
      </Group>
    </EditDrawer>
  )
}
