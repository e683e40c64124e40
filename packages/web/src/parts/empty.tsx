import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** Nothing here yet, and what to do first. */
export const Empty = ({
  title,
  children,
  action,
  order = 2,
}: {
  title: string
  children: ReactNode
  action?: ReactNode
  order?: 1 | 2
}) => (
  <Stack align="center" gap={4} py={40} px="md" ta="center">
    <Title order={order} fz="md">
      {title}
    </Title>
    <Text size="sm" c="dimmed" maw={460} component="div">
      {children}
    </Text>
    {action && <div style={{ marginTop: 12 }}>{action}</div>}
  </Stack>
)
