import { Button, Checkbox, Group, Popover, Stack, TextInput } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useState } from 'react'
import type { ShownColumns } from './columns.js'

const searchFrom = 12

/** Chooses the columns of a list. */
export const ColumnsMenu = <R,>({ columns }: { columns: ShownColumns<R> }) => {
  const [typed, setTyped] = useState('')
  const { all, ids, show, reset } = columns
  const offered = all.filter((column) => !column.names && column.label.toLowerCase().includes(typed.trim().toLowerCase()))
  const flip = (id: string) => show(ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id])
  return (
    <Popover position="bottom-end" trapFocus shadow="md">
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <Stack gap="xs" w={220}>
          {all.length > searchFrom && (
            <TextInput
              size="xs"
              aria-label="Find a column"
              placeholder="Find a column"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          )}
          <Stack gap={6} mah={320} style={{ overflowY: 'auto' }}>
            {offered.map((column) => (
              <Checkbox
                key={column.id}
                size="xs"
                label={column.label}
                checked={ids.includes(column.id)}
                onChange={() => flip(column.id)}
              />
            ))}
          </Stack>
          <Group justify="flex-end">
            <Button size="compact-xs" variant="subtle" onClick={reset}>
              Back to the beginning
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
