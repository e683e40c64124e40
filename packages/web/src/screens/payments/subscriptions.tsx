import { payments } from '@groundlevel/contracts'
import { call } from '../../api.js'
import type { Column } from '../../parts/list/columns.js'
import { When } from '../../parts/when.js'
import { moneyColumns, payerOf, sinceColumn } from './money-columns.js'
import { PagedList } from './paged-list.js'
import { nextOf, type SubscriptionRow, useAlt, useBase } from './words.js'

const columnsOf = (base: string): readonly Column<SubscriptionRow>[] => [
  ...moneyColumns<SubscriptionRow>(({ _id }) => `${base}/${_id}`),
  {
    id: 'collected',
    label: 'Payments',
    widthPx: 100,
    align: 'end',
    cell: ({ paymentsCollectedCount }) => paymentsCollectedCount ?? 0,
    text: ({ paymentsCollectedCount }) => String(paymentsCollectedCount ?? 0),
  },
  {
    id: 'next',
    label: 'Next payment',
    widthPx: 140,
    cell: (row) => {
      const at = nextOf(row)
      return at && <When at={at} />
    },
    text: (row) => nextOf(row) ?? '',
  },
  sinceColumn('Began'),
]

/** What is paid again and again. */
export const Subscriptions = () => {
  const alt = useAlt()
  const base = `${useBase()}/subscriptions`
  return (
    <PagedList<SubscriptionRow>
      name="subscriptions"
      title="Subscriptions"
      about="What is paid again and again."
      noun="subscription"
      cacheKey={payments.subscription.list.key}
      ask={({ search, ...page }, signal) => {
        const query = { ...alt, ...page, getPaymentsCollectedCount: true, ...(search ? { search } : {}) }
        return call(payments.subscription.list, { query }, signal)
      }}
      columns={columnsOf(base)}
      nameOf={payerOf}
      toOf={({ _id }) => `${base}/${_id}`}
      first="One begins when an order with a recurring price is paid."
    />
  )
}
