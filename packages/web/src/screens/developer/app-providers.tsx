import { conversations } from '@groundlevel/contracts'
import { ActionIcon, Anchor, Badge, Button, Group, Stack, Text, Tooltip } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { AppLogo } from '../../parts/app-logo.js'
import { Confirm } from '../../parts/confirm.js'
import { Empty } from '../../parts/empty.js'
import { Id } from '../../parts/identifier.js'
import { Loaded } from '../../parts/loaded.js'
import { Notice } from '../../parts/notice.js'
import { Card } from '../../parts/page.js'
import { useApp } from './app-frame.js'
import classes from './developer.module.css'
import { ProviderForm } from './provider-form.js'
import { type AppProvider, neededScope, providerTypes, purposeOf } from './provider-words.js'
import { sayDone } from './save-bar.js'

interface LineProps {
  readonly provider: AppProvider
  readonly onEdit: () => void
  readonly onRemove: () => void
}

const Line = ({ provider, onEdit, onRemove }: LineProps) => {
  const { id, name, alias, logo, type, custom, alwaysShow, deliveryUrl } = provider
  const tags = [providerTypes[type], ...(custom ? ['Custom'] : []), ...(alwaysShow ? ['Always shown'] : [])]
  return (
    <li className={classes.row}>
      <AppLogo name={alias || name} logo={logo} size={32} />
      <div className={classes.grow}>
        <Group gap={8}>
          <Text fw={600} size="sm">
            {name}
          </Text>
          {tags.map((tag) => (
            <Badge key={tag} size="sm" color="gray" c="dimmed">
              {tag}
            </Badge>
          ))}
        </Group>
        <Id value={id} what="conversation provider ID" />
        {alias && <Text size="xs">Called {alias} in conversations</Text>}
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {deliveryUrl || purposeOf(provider)}
        </Text>
      </div>
      <Group gap={4} wrap="nowrap">
        <Tooltip label="Change">
          <ActionIcon variant="subtle" color="gray" c="dimmed" aria-label={`Change ${name}`} onClick={onEdit}>
            <IconPencil size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Remove">
          <ActionIcon variant="subtle" color="gray" c="dimmed" aria-label={`Remove ${name}`} onClick={onRemove}>
            <IconTrash size={16} />
          </ActionIcon>
        </Tooltip>
      </Group>
    </li>
  )
}

const Removal = ({ appId, provider, onClose }: { appId: string; provider: AppProvider; onClose: () => void }) => {
  const remove = useSend(conversations.appProviders.remove, () => {
    sayDone('The conversation provider is removed')
    onClose()
  })
  return (
    <Confirm
      title={`Remove ${provider.name}?`}
      action="Remove provider"
      busy={remove.isPending}
      problem={remove.error}
      onConfirm={() => remove.mutate({ appId, providerId: provider.id })}
      onClose={onClose}
    >
      Its ID is refused from now on. Sub-accounts that send through it send as if no app did, until they choose another one.
    </Confirm>
  )
}

const Providers = ({ appId, providers }: { appId: string; providers: readonly AppProvider[] }) => {
  const [editing, setEditing] = useState<AppProvider | 'new'>()
  const [leaving, setLeaving] = useState<AppProvider>()
  const create = (
    <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>
      New provider
    </Button>
  )
  return (
    <Card
      flush
      title="Conversation providers"
      about="Ways to write and to call that the app brings into conversations. The ID is what requests name as conversationProviderId."
      actions={create}
    >
      {providers.length === 0 ? (
        <Empty title="No conversation provider yet">
          Add one, and sub-accounts with the app can send their texts, mails or calls through it.
        </Empty>
      ) : (
        <ul className={classes.plainList}>
          {providers.map((each) => (
            <Line key={each.id} provider={each} onEdit={() => setEditing(each)} onRemove={() => setLeaving(each)} />
          ))}
        </ul>
      )}
      {editing && (
        <ProviderForm appId={appId} provider={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
      {leaving && <Removal appId={appId} provider={leaving} onClose={() => setLeaving(undefined)} />}
    </Card>
  )
}

/** Conversation providers of the app. */
export const AppProviders = () => {
  const app = useApp()
  const found = useAsk(conversations.appProviders.list, { appId: app.id })
  return (
    <Stack gap="md" maw={860}>
      <title>{`Conversation providers of ${app.name} · Groundlevel`}</title>
      {!app.scopes.includes(neededScope) && (
        <Notice tone="waiting">
          <Text size="sm">
            Its messages reach nobody yet: the app does not ask for <code>{neededScope}</code>.{' '}
            <Anchor component={Link} to="../scopes" size="sm" underline="always">
              Add the scope
            </Anchor>
          </Text>
        </Notice>
      )}
      <Loaded from={found} what="The conversation providers">
        {({ conversationProviders }) => <Providers appId={app.id} providers={conversationProviders} />}
      </Loaded>
    </Stack>
  )
}
