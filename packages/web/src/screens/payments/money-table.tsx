import { Anchor, Button, Table, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card } from '../../parts/page.js'
import parts from '../../parts/parts.module.css'
import { When } from '../../parts/when.js'
import type { Problem } from '../../problem.js'
import { amountOf, useBase, wordOf } from './words.js'

interface Row {
  readonly _id: string
  readonly amount: number
  readonly currency?: string
  readonly status: string
  readonly createdAt: string
}

interface MoneyTableProps<R extends Row> {
  readonly title: string
  /** Where the rows' own pages are. */
  readonly kind: 'orders' | 'subscriptions' | 'transactions'
  readonly from: UseQueryResult<{ readonly data: readonly R[]; readonly totalCount: number }, Problem>
  readonly none: string
  /** What can be done with a row. */
  readonly act?: { readonly label: string; readonly can: (row: R) => boolean; readonly run: (row: R) => void }
}

/** A short list of orders, payments or subscriptions on the page of something else. */
export const MoneyTable = <R extends Row>({ title, kind, from, none, act }: MoneyTableProps<R>) => {
  const base = useBase()
  return (
    <Card title={title} flush>
      <Loaded from={from} what={title} waiting={<Waiting lines={3} />}>
        {({ data, totalCount }) =>
          data.length === 0 ? (
            <Text size="sm" c="dimmed" p="md">
              {none}
            </Text>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus
            <div className={parts.scroll} tabIndex={0} role="group" aria-label={title}>
              <Table miw={420}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>When</Table.Th>
                    <Table.Th ta="right">Amount</Table.Th>
                    <Table.Th>State</Table.Th>
                    {act && <Table.Th ta="right">Actions</Table.Th>}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {data.map((row) => (
                    <Table.Tr key={row._id}>
                      <Table.Td>
                        <Anchor component={Link} to={`${base}/${kind}/${row._id}`} size="sm">
                          <When at={row.createdAt} />
                        </Anchor>
                      </Table.Td>
                      <Table.Td ta="right">{amountOf(row.amount, row.currency)}</Table.Td>
                      <Table.Td>{wordOf(row.status)}</Table.Td>
                      {act && (
                        <Table.Td ta="right">
                          {act.can(row) && (
                            <Button size="compact-sm" variant="default" onClick={() => act.run(row)}>
                              {act.label}
                            </Button>
                          )}
                        </Table.Td>
                      )}
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
              {totalCount > data.length && (
                <Text size="sm" c="dimmed" p="md">
                  The newest {data.length} of {totalCount}.
                </Text>
              )}
            </div>
          )
        }
      </Loaded>
    </Card>
  )
}
