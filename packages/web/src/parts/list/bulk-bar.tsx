import { Button, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { countOf } from './count.js'
import classes from './list.module.css'
import type { Selection } from './selection.js'

/** What can be done with the chosen rows; there while some are. */
export const BulkBar = ({ selection, noun, children }: { selection: Selection; noun: string; children: ReactNode }) =>
  selection.ids.size === 0 ? null : (
    <section className={classes.bulk} aria-label="Chosen rows">
      <Text size="sm" fw={600} role="status">
        {countOf(selection.ids.size, noun, { counted: true })} chosen
      </Text>
      <Group gap="xs">
        {children}
        <Button variant="subtle" size="xs" onClick={selection.clear}>
          Clear selection
        </Button>
      </Group>
    </section>
  )
