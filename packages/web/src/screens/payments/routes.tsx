import { Navigate, type RouteObject } from 'react-router'
import { lazily } from '../lazily.js'

/** Selling in a sub-account. */
export const payments: RouteObject = {
  path: 'payments',
  handle: { crumb: 'Payments' },
  lazy: lazily(() => import('./payments-frame.js'), 'PaymentsFrame'),
  children: [
    { index: true, element: <Navigate to="orders" replace /> },
    {
      path: 'orders',
      handle: { crumb: 'Orders' },
      children: [
        { index: true, lazy: lazily(() => import('./orders.js'), 'Orders') },
        { path: ':orderId', handle: { crumb: 'Order' }, lazy: lazily(() => import('./order-page.js'), 'OrderPage') },
      ],
    },
    {
      path: 'products',
      handle: { crumb: 'Products' },
      children: [
        { index: true, lazy: lazily(() => import('./products.js'), 'Products') },
        { path: ':productId', handle: { crumb: 'Product' }, lazy: lazily(() => import('./product-page.js'), 'ProductPage') },
      ],
    },
    { path: 'customers', handle: { crumb: 'Customers' }, lazy: lazily(() => import('./customers.js'), 'Customers') },
  ],
}
