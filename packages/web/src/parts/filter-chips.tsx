import { Chip, Group } from '@mantine/core'

interface FilterChipsProps {
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly value: string
  readonly onChange: (value: string) => void
}

/** One of few values as chips; the empty value means no filter. */
export const FilterChips = ({ label, options, value, onChange }: FilterChipsProps) => (
  <Chip.Group multiple={false} value={value} onChange={onChange}>
    <Group gap={6} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <Chip key={option.value} value={option.value} size="xs" radius="sm" variant="outline">
          {option.label}
        </Chip>
      ))}
    </Group>
  </Chip.Group>
)
