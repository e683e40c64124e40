import { Navigate, type RouteObject } from 'react-router'
import { lazily } from '../lazily.js'

type Lazy = ReturnType<typeof lazily>

/** A list, and the page of one of its rows. */
const withPage = (path: string, many: string, one: string, id: string, [list, page]: readonly [Lazy, Lazy]): RouteObject => ({
  path,
  handle: { crumb: many },
  children: [
    { index: true, lazy: list },
    { path: id, handle: { crumb: one }, lazy: page },
  ],
})

/** Selling in a sub-account. */
export const payments: RouteObject = {
  path: 'payments',
  handle: { crumb: 'Payments' },
  lazy: lazily(() => import('./payments-frame.js'), 'PaymentsFrame'),
  children: [
    { index: true, element: <Navigate to="orders" replace /> },
    withPage('orders', 'Orders', 'Order', ':orderId', [
      lazily(() => import('./orders.js'), 'Orders'),
      lazily(() => import('./order-page.js'), 'OrderPage'),
    ]),
    withPage('products', 'Products', 'Product', ':productId', [
      lazily(() => import('./products.js'), 'Products'),
      lazily(() => import('./product-page.js'), 'ProductPage'),
    ]),
    withPage('customers', 'Customers', 'Customer', ':contactId', [
      lazily(() => import('./customers.js'), 'Customers'),
      lazily(() => import('./customer-page.js'), 'CustomerPage'),
    ]),
    withPage('transactions', 'Transactions', 'Transaction', ':transactionId', [
      lazily(() => import('./transactions.js'), 'Transactions'),
      lazily(() => import('./transaction-page.js'), 'TransactionPage'),
    ]),
    withPage('subscriptions', 'Subscriptions', 'Subscription', ':subscriptionId', [
      lazily(() => import('./subscriptions.js'), 'Subscriptions'),
      lazily(() => import('./subscription-page.js'), 'SubscriptionPage'),
    ]),
    { path: 'inventory', handle: { crumb: 'Inventory' }, lazy: lazily(() => import('./inventory.js'), 'Inventory') },
    { path: 'coupons', handle: { crumb: 'Coupons' }, lazy: lazily(() => import('./coupons.js'), 'Coupons') },
    { path: 'integrations', handle: { crumb: 'Integrations' }, lazy: lazily(() => import('./providers.js'), 'Providers') },
  ],
}
