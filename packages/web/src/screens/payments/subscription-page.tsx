import { payments } from '@groundlevel/contracts'
import { Anchor, Button } from '@mantine/core'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { Confirm } from '../../parts/confirm.js'
import { Id } from '../../parts/identifier.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Page } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { FactList } from './fact-list.js'
import { MoneyTable } from './money-table.js'
import { amountOf, everyOf, providerWord, type Subscription, useAlt, useBase, wordOf } from './words.js'

const Facts = ({ of }: { of: Subscription }) => {
  const base = useBase()
  const locationId = useLocationId()
  const { name, email } = (of.contactSnapshot ?? {}) as { name?: string; email?: string }
  const product = of.recurringProduct as { name?: string; qty?: number }
  return (
    <FactList
      title="Subscription"
      facts={[
        ['State', wordOf(of.status)],
        ['What', product.name && `${product.qty ?? 1} × ${product.name}`],
        ['Amount', amountOf(of.amount, of.currency)],
        ['Every', everyOf(of.schedule?.rrule)],
        ['Next payment', of.schedule && <When key="next" at={of.schedule.executeAt} />],
        [
          'Customer',
          of.contactId && (
            <Anchor component={Link} to={`/portal/sub-account/${locationId}/contacts/${of.contactId}`} size="sm">
              {name || email || 'The contact'}
            </Anchor>
          ),
        ],
        [
          'Began with order',
          of.entityId && (
            <Anchor component={Link} to={`${base}/orders/${of.entityId}`} size="sm">
              {of.entityId}
            </Anchor>
          ),
        ],
        ['Through', providerWord((of.paymentProvider as { type?: string }).type)],
        ['Began', <When key="began" at={of.createdAt} />],
        ['Canceled', of.canceledAt && <When key="canceled" at={of.canceledAt} />],
      ]}
    />
  )
}

const Cancel = ({ of, onClose }: { of: Subscription; onClose: () => void }) => {
  const alt = useAlt()
  const cancel = useSend(payments.subscription.cancel, () => {
    sayDone('The subscription is canceled')
    onClose()
  })
  return (
    <Confirm
      title="Cancel this subscription?"
      action="Cancel subscription"
      busy={cancel.isPending}
      problem={cancel.error}
      onConfirm={() => cancel.mutate({ subscriptionId: of._id, body: alt })}
      onClose={onClose}
    >
      It ends now: nothing more falls due. What was paid stays paid.
    </Confirm>
  )
}

const over: ReadonlySet<string> = new Set(['canceled', 'completed', 'expired'])

/** What one customer pays again and again. */
export const SubscriptionPage = () => {
  const { subscriptionId = '' } = useParams()
  const alt = useAlt()
  const [cancelling, setCancelling] = useState(false)
  const found = useAsk(payments.subscription.get, { subscriptionId, query: alt })
  const paid = useAsk(payments.transaction.list, { query: { altId: alt.altId, subscriptionId, limit: 100 } })
  return (
    <Loaded from={found} what="The subscription" waiting={<Waiting lines={8} />}>
      {(of) => (
        <Page
          title={`Subscription of ${amountOf(of.amount, of.currency)}`}
          about={<Id value={of._id} what="subscription id" />}
          actions={
            !over.has(of.status) && (
              <Button variant="default" onClick={() => setCancelling(true)}>
                Cancel subscription
              </Button>
            )
          }
        >
          <Facts of={of} />
          <MoneyTable title="Payments" kind="transactions" from={paid} none="Nothing was paid yet." />
          {cancelling && <Cancel of={of} onClose={() => setCancelling(false)} />}
        </Page>
      )}
    </Loaded>
  )
}
