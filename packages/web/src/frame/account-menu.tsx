import { account as accountApi } from '@groundlevel/contracts'
import {
  Avatar,
  Button,
  Popover,
  SegmentedControl,
  Stack,
  Text,
  UnstyledButton,
  useMantineColorScheme,
  VisuallyHidden,
} from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { useSend } from '../api.js'
import type { Account } from '../session.js'

const schemes = [
  { value: 'auto', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

const initials = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('')

/** System, light or dark. */
export const SchemeSwitch = () => {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      data={schemes}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as typeof colorScheme)}
      aria-label="Colour scheme"
    />
  )
}

export const AccountMenu = ({ account }: { account: Account }) => {
  // A load of its own: nothing that was asked for meanwhile brings the page back that was left, nor stays in the cache for who comes next.
  const signOut = useSend(accountApi.session.signOut, () => window.location.assign('/portal/sign-in'))
  return (
    <Popover position="bottom-end" width={250} trapFocus>
      <Popover.Target>
        <UnstyledButton style={{ borderRadius: '50%' }}>
          <VisuallyHidden>Account of {account.name}</VisuallyHidden>
          <Avatar
            aria-hidden
            size={30}
            radius="xl"
            color="gray"
            variant="filled"
            styles={{ placeholder: { background: 'var(--mantine-color-gray-7)', color: '#fff' } }}
          >
            {initials(account.name)}
          </Avatar>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label="Account">
        <Stack gap="sm">
          <div>
            <Text size="sm" fw={600} truncate>
              {account.name}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {account.email}
            </Text>
          </div>
          <SchemeSwitch />
          <Button
            variant="default"
            size="xs"
            leftSection={<IconLogout size={16} />}
            loading={signOut.isPending}
            onClick={() => signOut.mutate({})}
          >
            Sign out
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
