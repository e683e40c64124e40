import { TabsFrame } from '../../parts/tabs-frame.js'

/** What is sold and to whom, a tab each. */
export const PaymentsFrame = () => (
  <TabsFrame
    label="Payments"
    tabs={[
      ['orders', 'Orders'],
      ['subscriptions', 'Subscriptions'],
      ['transactions', 'Transactions'],
      ['products', 'Products'],
      ['inventory', 'Inventory'],
      ['coupons', 'Coupons'],
      ['customers', 'Customers'],
      ['integrations', 'Integrations'],
    ]}
  />
)
