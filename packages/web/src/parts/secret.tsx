import { Text } from '@mantine/core'
import { Command } from './command.js'

/** A value that the person takes away now, with its copy button. */
export const Secret = ({ label, value }: { label: string; value: string }) => (
  <div>
    <Text size="sm" fw={500} mb={4}>
      {label}
    </Text>
    <Command text={value} what={label} wrap />
  </div>
)
