import { Anchor, Badge } from '@mantine/core'
import { Link } from 'react-router'
import type { Column } from '../../parts/list/columns.js'
import { When } from '../../parts/when.js'
import { amountOf, wordOf } from './words.js'

interface Money {
  readonly _id: string
  readonly contactName?: string
  readonly contactEmail?: string
  readonly amount: number
  readonly currency?: string
  readonly status: string
  readonly createdAt: string
}

export const payerOf = ({ contactName, contactEmail }: Pick<Money, 'contactName' | 'contactEmail'>) =>
  contactName || contactEmail || 'Nameless contact'

/** What lists of transactions and of subscriptions begin with. */
export const moneyColumns = <R extends Money>(toOf: (row: R) => string): readonly Column<R>[] => [
  {
    id: 'contact',
    label: 'Customer',
    names: true,
    widthPx: 220,
    cell: (row) => (
      <Anchor component={Link} to={toOf(row)} size="sm" fw={500}>
        {payerOf(row)}
      </Anchor>
    ),
    text: payerOf,
  },
  {
    id: 'amount',
    label: 'Amount',
    widthPx: 120,
    align: 'end',
    cell: ({ amount, currency }) => amountOf(amount, currency),
    text: ({ amount }) => String(amount),
  },
  {
    id: 'status',
    label: 'State',
    widthPx: 140,
    cell: ({ status }) => (
      <Badge color="gray" c="var(--mantine-color-text)">
        {wordOf(status)}
      </Badge>
    ),
    text: ({ status }) => status,
  },
]

/** When it began. */
export const sinceColumn = <R extends Money>(label: string): Column<R> => ({
  id: 'createdAt',
  label,
  widthPx: 130,
  cell: ({ createdAt }) => <When at={createdAt} />,
  text: ({ createdAt }) => createdAt,
})
