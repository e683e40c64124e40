import { type SnapshotFamily, snapshotFamilies } from '@groundlevel/contracts'
import { Button, Checkbox, Fieldset, Group, SimpleGrid } from '@mantine/core'
import { familyNames } from './words.js'

interface FamiliesProps {
  readonly legend: string
  readonly value: readonly SnapshotFamily[]
  readonly onChange: (value: SnapshotFamily[]) => void
}

/** Which kinds of things; at least one has to be chosen before a form is sent. */
export const Families = ({ legend, value, onChange }: FamiliesProps) => {
  const all = value.length === snapshotFamilies.length
  const flip = (family: SnapshotFamily) =>
    onChange(snapshotFamilies.filter((each) => (each === family ? !value.includes(each) : value.includes(each))))
  return (
    <Fieldset legend={legend}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        {snapshotFamilies.map((family) => (
          <Checkbox
            key={family}
            size="xs"
            label={familyNames[family]}
            checked={value.includes(family)}
            onChange={() => flip(family)}
          />
        ))}
      </SimpleGrid>
      <Group mt="sm">
        <Button size="compact-xs" variant="default" onClick={() => onChange(all ? [] : [...snapshotFamilies])}>
          {all ? 'Choose none' : 'Choose all'}
        </Button>
      </Group>
    </Fieldset>
  )
}
