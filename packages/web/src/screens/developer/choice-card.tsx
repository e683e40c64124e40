import { Radio, Stack } from '@mantine/core'
import classes from './developer.module.css'

interface Option {
  readonly value: string
  readonly label: string
  readonly about: string
}

interface ChoiceCardsProps {
  readonly label: string
  readonly description?: string
  readonly options: readonly Option[]
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error?: React.ReactNode
  readonly disabled?: boolean
}

/** A choice between few things, each with what it means. */
export const ChoiceCards = ({ options, disabled = false, ...group }: ChoiceCardsProps) => (
  <Radio.Group {...group}>
    <Stack gap={8} mt={6}>
      {options.map(({ value, label, about }) => (
        <div key={value} className={classes.option} data-checked={group.value === value || undefined}>
          <Radio value={value} label={label} description={about} disabled={disabled} styles={{ label: { fontWeight: 500 } }} />
        </div>
      ))}
    </Stack>
  </Radio.Group>
)
