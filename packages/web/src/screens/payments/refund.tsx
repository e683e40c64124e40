import { payments } from '@groundlevel/contracts'
import { NumberInput, Text } from '@mantine/core'
import { useSend } from '../../api.js'
import { sayDone } from '../developer/save-bar.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { amountOf, useAlt } from './words.js'

interface Refundable {
  readonly _id: string
  readonly amount: number
  readonly amountRefunded: number
  readonly currency?: string
  readonly status: string
}

export const isRefundable = ({ status }: Pick<Refundable, 'status'>) => status === 'succeeded' || status === 'partially_refunded'

/** All or a part of a payment is given back: by the app that took it, else it is recorded. */
export const Refund = ({ of, byApp, onClose }: { of: Refundable; byApp: boolean; onClose: () => void }) => {
  const alt = useAlt()
  const left = Number((of.amount - of.amountRefunded).toFixed(4))
  const { form, options, names } = useRecordForm({ amount: left as number | string })
  const send = useSend(payments.transaction.refund, ({ refund }) => {
    sayDone(refund.status === 'pending' ? 'Asked for; the app has not answered yet' : 'The payment is given back')
    onClose()
  })
  return (
    <EditDrawer
      title="Give back"
      failed="Nothing was given back"
      sends={[send]}
      names={names}
      action="Give back"
      onSubmit={form.onSubmit(({ amount }) =>
        send.mutate({ transactionId: of._id, body: { ...alt, amount: Number(amount) } }, options),
      )}
      onClose={onClose}
    >
      <NumberInput
        label="Amount"
        description={`${amountOf(left, of.currency)} can be given back.`}
        min={0}
        max={left}
        decimalScale={3}
        hideControls
        data-autofocus
        {...form.getInputProps('amount')}
      />
      <Text size="sm" c="dimmed">
        {byApp ? 'The app that took the payment gives it back.' : 'This is recorded here; hand the money over yourself.'}
      </Text>
    </EditDrawer>
  )
}
