import type { Reply } from '@groundlevel/contract-kit'
import type { apps } from '@groundlevel/contracts'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { Command } from '../../parts/command.js'
import { CopyAction } from '../../parts/copy.js'
import { Notice } from '../../parts/notice.js'
import { Secret } from '../../parts/secret.js'
import type { App } from './words.js'

interface NewKeyProps {
  readonly app: App
  readonly made: Reply<typeof apps.keys.create>
  readonly onClose: () => void
}

/** The one time that a secret is seen. A click beside the window does not close it. */
export const NewKey = ({ app, made, onClose }: NewKeyProps) => {
  const env = [
    `CLIENT_ID=${made.key.clientId}`,
    `CLIENT_SECRET=${made.clientSecret}`,
    `REDIRECT_URL=${app.redirectUris[0] ?? ''}`,
    `GROUNDLEVEL_URL=${window.location.origin}`,
  ].join('\n')
  return (
    <Modal opened onClose={onClose} title="Your new client key" closeOnClickOutside={false} size="lg">
      <Stack gap="md">
        <Notice tone="waiting">
          <Text size="sm">Copy the secret now. It is never shown again; only its last four characters stay visible.</Text>
        </Notice>
        <Secret label="Client ID" value={made.key.clientId} />
        <Secret label="Client secret" value={made.clientSecret} />
        <div>
          <Group justify="space-between" mb={4}>
            <Text size="sm" fw={500}>
              .env
            </Text>
            <CopyAction text={env}>Copy .env</CopyAction>
          </Group>
          <Command text={env} what=".env block" bare />
        </div>
        <Group justify="flex-end">
          <Button onClick={onClose}>I have copied it</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
