import { Select, Table } from '@mantine/core'
import parts from '../../parts/parts.module.css'
import type { Target } from './csv-head.js'

export interface Chosen {
  readonly file: File
  readonly mapping: Readonly<Record<string, string>>
  /** The first value of each column, to know it by. */
  readonly sample: Readonly<Record<string, string>>
}

interface MappingProps {
  readonly chosen: Chosen
  readonly targets: readonly Target[]
  readonly onChange: (mapping: Chosen['mapping']) => void
}

/** Which column of the file goes to which field of the contact; each field takes one. */
export const ImportMapping = ({ chosen, targets, onChange }: MappingProps) => {
  const used = new Set(Object.values(chosen.mapping))
  const data = (own: string) => targets.map(({ id, label }) => ({ value: id, label, disabled: id !== own && used.has(id) }))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus
    <div className={parts.scroll} tabIndex={0} role="group" aria-label="Columns of the file" style={{ width: '100%' }}>
      <Table layout="fixed" miw={320}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Column of the file</Table.Th>
            <Table.Th visibleFrom="xs">First value</Table.Th>
            <Table.Th>Field of the contact</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {Object.entries(chosen.mapping).map(([column, target]) => (
            <Table.Tr key={column}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{column}</Table.Td>
              <Table.Td visibleFrom="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {chosen.sample[column]}
              </Table.Td>
              <Table.Td>
                <Select
                  size="xs"
                  aria-label={`Field for ${column}`}
                  placeholder="Left out"
                  data={data(target)}
                  value={target || null}
                  onChange={(id) => onChange({ ...chosen.mapping, [column]: id ?? '' })}
                  clearable
                  clearButtonProps={{ 'aria-label': `Leave ${column} out` }}
                  searchable
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
