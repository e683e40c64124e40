import { payments } from '@groundlevel/contracts'
import { Anchor, Button } from '@mantine/core'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useAsk } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Page } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { useLocationId } from '../contacts/words.js'
import { FactList } from './fact-list.js'
import { isRefundable, Refund } from './refund.js'
import { Refunds } from './refunds.js'
import { amountOf, paidBy, providerWord, type Transaction, useAlt, useBase, wordOf } from './words.js'

const Facts = ({ of }: { of: Transaction }) => {
  const base = useBase()
  const locationId = useLocationId()
  const { name, email } = (of.contactSnapshot ?? {}) as { name?: string; email?: string }
  return (
    <FactList
      title="Payment"
      facts={[
        ['State', wordOf(of.status)],
        ['Amount', amountOf(of.amount, of.currency)],
        ['Given back', of.amountRefunded > 0 ? amountOf(of.amountRefunded, of.currency) : undefined],
        [
          'Customer',
          of.contactId && (
            <Anchor component={Link} to={`/portal/sub-account/${locationId}/contacts/${of.contactId}`} size="sm">
              {name || email || 'The contact'}
            </Anchor>
          ),
        ],
        [
          'Order',
          of.entityId && (
            <Anchor component={Link} to={`${base}/orders/${of.entityId}`} size="sm">
              {of.entityId}
            </Anchor>
          ),
        ],
        [
          'Subscription',
          of.subscriptionId && (
            <Anchor component={Link} to={`${base}/subscriptions/${of.subscriptionId}`} size="sm">
              {of.subscriptionId}
            </Anchor>
          ),
        ],
        ['Through', providerWord((of.paymentProvider as { type?: string }).type)],
        ['Paid by', paidBy(of.paymentMethod)],
        ['Charge', of.chargeId],
        ['Receipt', of.receiptId],
        ['Mode', of.liveMode ? 'Live' : 'Test'],
        ['Made', <When key="made" at={of.createdAt} />],
      ]}
    />
  )
}

/** One payment, or a try. */
export const TransactionPage = () => {
  const { transactionId = '' } = useParams()
  const { altId } = useAlt()
  const [refunding, setRefunding] = useState(false)
  const found = useAsk(payments.transaction.get, { transactionId, query: { altId } })
  return (
    <Loaded from={found} what="The transaction" waiting={<Waiting lines={8} />}>
      {(of) => (
        <Page
          title={`Payment of ${amountOf(of.amount, of.currency)}`}
          about={<Id value={of._id} what="transaction id" />}
          actions={isRefundable(of) && <Button onClick={() => setRefunding(true)}>Give back</Button>}
        >
          <Facts of={of} />
          <Refunds transactionId={of._id} />
          {refunding && (
            <Refund
              of={of}
              byApp={(of.paymentProvider as { type?: string }).type === 'custom-provider'}
              onClose={() => setRefunding(false)}
            />
          )}
        </Page>
      )}
    </Loaded>
  )
}
