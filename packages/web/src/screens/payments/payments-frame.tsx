import { TabsFrame } from '../../parts/tabs-frame.js'

/** What is sold and to whom, a tab each. */
export const PaymentsFrame = () => (
  <TabsFrame
    label="Payments"
    tabs={[
      ['orders', 'Orders'],
      ['products', 'Products'],
      ['customers', 'Customers'],
    ]}
  />
)
