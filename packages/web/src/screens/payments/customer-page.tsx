import { payments } from '@groundlevel/contracts'
import { Anchor } from '@mantine/core'
import { Link, useParams } from 'react-router'
import { useAsk } from '../../api.js'
import { CopyAction } from '../../parts/copy.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Page } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { useLocationId } from '../contacts/words.js'
import { FactList } from './fact-list.js'
import { MoneyTable } from './money-table.js'
import { customerName, spentOf, useAlt } from './words.js'

/** Of each kind, the newest. */
const shown = 50

const Bought = ({ contactId }: { contactId: string }) => {
  const alt = useAlt()
  const { altId } = alt
  const orders = useAsk(payments.order.list, { query: { altId, contactId, limit: shown } })
  const subscriptions = useAsk(payments.subscription.list, { query: { ...alt, contactId, limit: shown } })
  const paid = useAsk(payments.transaction.list, { query: { altId, contactId, limit: shown } })
  return (
    <>
      <MoneyTable title="Orders" kind="orders" from={orders} none="No order yet." />
      <MoneyTable title="Subscriptions" kind="subscriptions" from={subscriptions} none="Nothing recurs." />
      <MoneyTable title="Transactions" kind="transactions" from={paid} none="Nothing was paid yet." />
    </>
  )
}

/** The page on which the customer leaves a card, where an app takes any. */
const CardLink = ({ contactId }: { contactId: string }) => {
  const { altId } = useAlt()
  const apps = useAsk(payments.connectedProvider.list, { query: { locationId: altId } })
  const enabled = apps.data?.providers.some(({ live }) => live) ?? false
  const found = useAsk(payments.customer.cardLink, { contactId, query: { altId } }, { enabled })
  return found.data ? <CopyAction text={found.data.url}>Copy link to save a card</CopyAction> : null
}

/** A contact who has bought: what they spent, on what. */
export const CustomerPage = () => {
  const { contactId = '' } = useParams()
  const { altId } = useAlt()
  const contact = `/portal/sub-account/${useLocationId()}/contacts/${contactId}`
  const found = useAsk(payments.customer.get, { contactId, query: { altId } })
  return (
    <Loaded from={found} what="The customer" waiting={<Waiting lines={8} />}>
      {(of) => (
        <Page
          title={customerName(of)}
          about={
            <Anchor component={Link} to={contact} size="sm">
              The contact behind this customer
            </Anchor>
          }
          actions={<CardLink contactId={contactId} />}
        >
          <FactList
            title="Customer"
            facts={[
              ['Spent', spentOf(of)],
              ['Orders', String(of.ordersCount)],
              ['Subscriptions', String(of.subscriptionsCount)],
              ['E-mail', of.contactEmail],
              ['Phone', of.contactPhone],
              ['Last order', of.lastOrderAt && <When key="last" at={of.lastOrderAt} />],
              ['Customer since', <When key="since" at={of.createdAt} />],
            ]}
          />
          <Bought contactId={contactId} />
        </Page>
      )}
    </Loaded>
  )
}
