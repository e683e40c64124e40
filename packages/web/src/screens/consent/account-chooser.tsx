import { Checkbox, Radio, Select, Stack, Text } from '@mantine/core'
import type { Chosen, Interaction } from './choice.js'
import { LocationChooser } from './location-chooser.js'

interface AccountChooserProps {
  readonly interaction: Interaction
  readonly chosen: Chosen
  readonly onChange: (chosen: Chosen) => void
}

const countOf = (count: number) => (count === 1 ? '1 sub-account' : `${count} sub-accounts`)

const Company = ({ interaction, chosen, onChange }: AccountChooserProps) => {
  const only = interaction.companies.length === 1 ? interaction.companies[0] : undefined
  if (only) {
    return (
      <Text size="sm">
        <b>{only.name}</b>{' '}
        <Text span c="dimmed" size="sm">
          {countOf(only.locationCount)}
        </Text>
      </Text>
    )
  }
  return (
    <Select
      label="Agency"
      placeholder="Choose an agency"
      data={interaction.companies.map((company) => ({ value: company.id, label: company.name }))}
      value={chosen.companyId ?? null}
      onChange={(companyId) => onChange({ companyId: companyId ?? undefined, locations: [], all: false, future: false })}
      allowDeselect={false}
    />
  )
}

const Bulk = (props: AccountChooserProps) => {
  const { interaction, chosen, onChange } = props
  const company = interaction.companies.find((candidate) => candidate.id === chosen.companyId)
  const whole = company?.whole ?? false
  return (
    <Stack gap="md">
      <Company {...props} />
      {whole && (
        <Radio.Group
          aria-label="Which sub-accounts"
          value={chosen.all ? 'all' : 'some'}
          onChange={(value) => onChange({ ...chosen, all: value === 'all', future: value === 'all' && chosen.future })}
        >
          <Stack gap="xs">
            <Radio value="some" label="Sub-accounts that I choose" />
            <Radio value="all" label={`All sub-accounts (${company?.locationCount ?? 0})`} />
          </Stack>
        </Radio.Group>
      )}
      {chosen.all ? (
        <Checkbox
          label="And future ones"
          description="The app is installed in every sub-account that your agency adds later."
          checked={chosen.future}
          onChange={(event) => onChange({ ...chosen, future: event.currentTarget.checked })}
        />
      ) : (
        company && (
          <LocationChooser
            interactionId={interaction.id}
            companyId={company.id}
            several
            chosen={chosen}
            onChange={(locations) => onChange({ ...chosen, locations })}
          />
        )
      )}
    </Stack>
  )
}

/** For which account: one agency, one sub-account, or several and future ones. */
export const AccountChooser = (props: AccountChooserProps) => {
  const { interaction, chosen, onChange } = props
  if (interaction.chooser === 'company') return <Company {...props} />
  if (interaction.chooser === 'bulk') return <Bulk {...props} />
  return (
    <LocationChooser
      interactionId={interaction.id}
      companyId={undefined}
      several={false}
      chosen={chosen}
      onChange={(locations) => onChange({ ...chosen, locations })}
    />
  )
}
