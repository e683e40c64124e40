import { Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Part, Sheet } from './sheet.js'

interface AuthorizeErrorProps {
  readonly title: string
  readonly detail: string
  readonly hint: string
}

/** An authorize request that cannot be answered by a redirect, because its address is not to be trusted. */
export const AuthorizeError = ({ title, detail, hint }: AuthorizeErrorProps) => (
  <Sheet title={title}>
    <Part>
      <Stack gap="sm">
        <IconAlertTriangle size={28} color="var(--gl-bad)" aria-hidden />
        <Title order={1}>{title}</Title>
        <Text size="sm">{detail}</Text>
        {hint && (
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          Nothing was installed, and nothing was sent to the app.
        </Text>
      </Stack>
    </Part>
  </Sheet>
)
