import { Badge, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'

export interface ScopeWords {
  readonly name: string
  readonly group: string
  readonly text: string
  readonly sensitive: boolean
}

/** Scopes by their group, in the order they come in. */
export const grouped = <S extends { readonly group: string }>(scopes: readonly S[]): [string, S[]][] => {
  const groups = new Map<string, S[]>()
  for (const scope of scopes) groups.set(scope.group, [...(groups.get(scope.group) ?? []), scope])
  return [...groups]
}

const Line = ({ scope }: { scope: ScopeWords }) => (
  <li style={{ display: 'flex', gap: 8, alignItems: 'flex-start' }}>
    <span style={{ flex: 'none', lineHeight: 0, marginTop: 3, color: scope.sensitive ? 'var(--gl-waiting)' : 'var(--gl-good)' }}>
      {scope.sensitive ? <IconAlertTriangle size={15} aria-hidden /> : <IconCheck size={15} aria-hidden />}
    </span>
    <Text size="sm" span fw={scope.sensitive ? 600 : 400} title={scope.name}>
      {scope.text}{' '}
      {scope.sensitive && (
        <Badge color="yellow" size="sm" c="var(--gl-waiting)">
          Sensitive
        </Badge>
      )}
    </Text>
  </li>
)

/** What an app may do, in plain words; what reaches people or whole accounts is marked and comes first. */
export const ScopeList = ({ scopes }: { scopes: readonly ScopeWords[] }) => (
  <Stack gap="sm">
    {grouped(scopes).map(([group, entries]) => (
      <div key={group}>
        <Text size="xs" c="dimmed" fw={600} component="h3" m={0} mb={4}>
          {group}
        </Text>
        <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }}>
          {[...entries]
            .sort((a, b) => Number(b.sensitive) - Number(a.sensitive))
            .map((scope) => (
              <Line key={scope.name} scope={scope} />
            ))}
        </Stack>
      </div>
    ))}
  </Stack>
)
