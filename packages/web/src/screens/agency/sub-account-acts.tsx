import { locations } from '@groundlevel/contracts'
import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconPlayerPause, IconPlayerPlay, IconSettings, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useSend } from '../../api.js'
import { Confirm } from '../../parts/confirm.js'
import { sayDone } from '../developer/save-bar.js'
import { Removal } from '../settings/removal.js'

interface SubAccount {
  readonly id: string
  readonly name: string
  readonly status: 'active' | 'paused'
}

const Remove = ({ location, onClose }: { location: SubAccount; onClose: () => void }) => {
  const send = useSend(locations.location.remove)
  const input = { locationId: location.id, query: { deleteTwilioAccount: false } }
  return (
    <Removal name={location.name} type={location.name} send={send} input={input} onClose={onClose}>
      Its contacts, notes, tasks, fields and templates are deleted, its apps are uninstalled and their tokens stop working. This
      cannot be undone. To keep everything and only stop its apps, pause it.
    </Removal>
  )
}

const Pause = ({ location, onClose }: { location: SubAccount; onClose: () => void }) => {
  const send = useSend(locations.location.setStatus, () => {
    sayDone(`${location.name} is paused`)
    onClose()
  })
  return (
    <Confirm
      title={`Pause ${location.name}?`}
      action="Pause"
      busy={send.isPending}
      problem={send.error}
      onConfirm={() => send.mutate({ locationId: location.id, body: { status: 'paused' } })}
      onClose={onClose}
    >
      Tokens of its apps are not refreshed while it is paused, so that they stop working within a day. Nothing is deleted, and you
      can let it go on at any time.
    </Confirm>
  )
}

/** What an agency can do with one of its sub-accounts. */
export const SubAccountActs = ({ location }: { location: SubAccount }) => {
  const [act, setAct] = useState<'pause' | 'remove'>()
  const close = () => setAct(undefined)
  const resume = useSend(locations.location.setStatus, () => sayDone(`${location.name} goes on`))
  const base = `/portal/sub-account/${location.id}/settings`
  return (
    <>
      <Menu position="bottom-end" width={200} withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" c="dimmed" size="sm" aria-label={`Actions for ${location.name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={`${base}/profile`} leftSection={<IconSettings size={15} />}>
            Edit profile
          </Menu.Item>
          {location.status === 'paused' ? (
            <Menu.Item
              leftSection={<IconPlayerPlay size={15} />}
              onClick={() => resume.mutate({ locationId: location.id, body: { status: 'active' } })}
            >
              Let it go on
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconPlayerPause size={15} />} onClick={() => setAct('pause')}>
              Pause
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconTrash size={15} />} c="var(--mantine-color-error)" onClick={() => setAct('remove')}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {act === 'pause' && <Pause location={location} onClose={close} />}
      {act === 'remove' && <Remove location={location} onClose={close} />}
    </>
  )
}
