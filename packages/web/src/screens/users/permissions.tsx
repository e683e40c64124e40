import { Accordion, Badge, Checkbox, Group, SimpleGrid, Text } from '@mantine/core'
import { type Permission, permissionGroups } from './words.js'

export type Granted = Readonly<Partial<Record<Permission, boolean>>>

interface PermissionsProps {
  readonly value: Granted
  readonly onChange: (value: Granted) => void
}

/** What a user may see and do, by the part of the CRM. */
export const Permissions = ({ value, onChange }: PermissionsProps) => (
  <div>
    <Text size="sm" fw={500} mb={4} id="permissions">
      Permissions
    </Text>
    <Accordion variant="contained" multiple aria-labelledby="permissions" order={3}>
      {permissionGroups.map(([group, entries]) => (
        <Accordion.Item key={group} value={group}>
          <Accordion.Control>
            <Group gap="xs">
              <Text size="sm">{group}</Text>
              <Badge size="sm" color="gray" c="dimmed">
                {entries.filter(([name]) => value[name]).length} of {entries.length}
              </Badge>
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" verticalSpacing="xs">
              {entries.map(([name, label]) => (
                <Checkbox
                  key={String(name)}
                  size="xs"
                  label={label}
                  checked={value[name] ?? false}
                  onChange={(event) => onChange({ ...value, [name]: event.currentTarget.checked })}
                />
              ))}
            </SimpleGrid>
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  </div>
)
