import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** Nothing here yet, and what to do first. */
export const Empty = ({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) => (
  <Stack align="center" gap={4} py={40} px="md" ta="center">
    <Title order={2} fz="md">
      {title}
    </Title>
    <Text size="sm" c="dimmed" maw={460} component="div">
      {children}
    </Text>
    {action && <div style={{ marginTop: 12 }}>{action}</div>}
  </Stack>
)
