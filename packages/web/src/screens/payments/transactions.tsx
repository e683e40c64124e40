import { payments } from '@groundlevel/contracts'
import { call } from '../../api.js'
import type { Column } from '../../parts/list/columns.js'
import { moneyColumns, payerOf, sinceColumn } from './money-columns.js'
import { PagedList } from './paged-list.js'
import { providerWord, type TransactionRow, useAlt, useBase } from './words.js'

const columnsOf = (base: string): readonly Column<TransactionRow>[] => [
  ...moneyColumns<TransactionRow>(({ _id }) => `${base}/${_id}`),
  {
    id: 'through',
    label: 'Through',
    widthPx: 150,
    cell: ({ paymentProviderType }) => providerWord(paymentProviderType),
    text: ({ paymentProviderType }) => paymentProviderType ?? '',
  },
  {
    id: 'charge',
    label: 'Charge',
    widthPx: 220,
    optional: true,
    cell: ({ chargeId }) => chargeId,
    text: ({ chargeId }) => chargeId ?? '',
  },
  sinceColumn('Made'),
]

/** What was paid, tried and given back. */
export const Transactions = () => {
  const { altId } = useAlt()
  const base = `${useBase()}/transactions`
  return (
    <PagedList<TransactionRow>
      name="transactions"
      title="Transactions"
      about="Every payment of an order, and every try."
      noun="transaction"
      cacheKey={payments.transaction.list.key}
      ask={({ search, ...page }, signal) =>
        call(payments.transaction.list, { query: { altId, ...page, ...(search ? { search } : {}) } }, signal)
      }
      columns={columnsOf(base)}
      nameOf={payerOf}
      toOf={({ _id }) => `${base}/${_id}`}
      first="One is here as soon as an order is paid."
    />
  )
}
