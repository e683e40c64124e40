import { payments } from '@groundlevel/contracts'
import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useAsk, useSend } from '../../api.js'
import { Confirm } from '../../parts/confirm.js'
import { CopyAction } from '../../parts/copy.js'
import { Failure } from '../../parts/failure.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { sayDone } from '../developer/save-bar.js'
import { MoneyTable } from './money-table.js'
import { isRefundable, Refund } from './refund.js'
import { amountOf, type Order, type TransactionRow, useAlt, wordOf } from './words.js'

/** What was paid of an order, with the way back. */
export const OrderPayments = ({ order }: { order: Order }) => {
  const { altId } = useAlt()
  const [refunding, setRefunding] = useState<TransactionRow>()
  const found = useAsk(payments.transaction.list, { query: { altId, entityId: order._id, limit: 100 } })
  return (
    <>
      <MoneyTable
        title="Payments"
        kind="transactions"
        from={found}
        none="Nothing was paid yet."
        act={{ label: 'Give back', can: isRefundable, run: setRefunding }}
      />
      {refunding && (
        <Refund
          of={refunding}
          byApp={refunding.paymentProviderType === 'custom-provider'}
          onClose={() => setRefunding(undefined)}
        />
      )}
    </>
  )
}

/** The public page on which the buyer pays. */
export const PayLink = ({ order }: { order: Order }) => {
  const alt = useAlt()
  const found = useAsk(payments.orderPayment.link, { orderId: order._id, query: alt })
  if (found.error) return <Failure what="The payment link could not be loaded" problem={found.error} />
  return found.data ? <CopyAction text={found.data.url}>Copy payment link</CopyAction> : null
}

/** Payment methods that the buyer left with the app, each to be charged. */
export const ChargeSaved = ({ order, onClose }: { order: Order; onClose: () => void }) => {
  const alt = useAlt()
  const found = useAsk(payments.savedMethod.list, { orderId: order._id, query: alt })
  const [paymentMethodId, choose] = useState<string>()
  const charge = useSend(payments.savedMethod.charge, ({ status, message }) => {
    sayDone(message ?? wordOf(status))
    onClose()
  })
  const due = amountOf(order.amount - order.amountPaid, order.currency)
  return (
    <Confirm
      title="Charge a saved payment method"
      action={`Charge ${due}`}
      cancel="Charge nothing"
      busy={charge.isPending}
      problem={charge.error}
      onConfirm={() => paymentMethodId && charge.mutate({ orderId: order._id, paymentMethodId, body: alt })}
      onClose={onClose}
    >
      <Loaded from={found} what="The payment methods" waiting={<Waiting lines={2} />}>
        {({ paymentMethods }) => (
          <Stack gap="xs">
            {paymentMethods.length === 0 && <Text size="sm">The buyer left none.</Text>}
            {paymentMethods.map(({ id, title, subTitle, expiry }) => (
              <Button
                key={id}
                variant={id === paymentMethodId ? 'filled' : 'default'}
                aria-pressed={id === paymentMethodId}
                onClick={() => choose(id)}
              >
                {[title, subTitle, expiry].filter(Boolean).join(' · ')}
              </Button>
            ))}
          </Stack>
        )}
      </Loaded>
    </Confirm>
  )
}
