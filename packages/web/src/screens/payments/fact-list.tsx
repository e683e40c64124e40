import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { Card } from '../../parts/page.js'

/** What is known of one thing, a line each; lines without a value are left out. */
export const FactList = ({ title, facts }: { title: string; facts: readonly (readonly [string, ReactNode])[] }) => (
  <Card title={title} flush>
    <Table>
      <Table.Tbody>
        {facts
          .filter(([, value]) => value !== undefined && value !== null && value !== '')
          .map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th scope="row" w={160} fw={400} c="dimmed" style={{ verticalAlign: 'top' }}>
                {label}
              </Table.Th>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  </Card>
)
