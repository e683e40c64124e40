import { platform } from '@groundlevel/contracts'
import { Stack, Text } from '@mantine/core'
import { useAsk } from '../../api.js'
import { Command } from '../../parts/command.js'
import { CopyAction } from '../../parts/copy.js'
import { Id } from '../../parts/identifier.js'
import { Loaded } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'

const algorithms = { Ed25519: 'Ed25519', 'RSA-SHA256': 'RSA with SHA-256' } as const

/** The public keys of both signatures, and how to use them. */
export const WebhookKeys = () => {
  const found = useAsk(platform.keys.webhooks, {})
  const address = `${window.location.origin}/.well-known/webhook-keys`
  return (
    <Page
      title="Webhook keys"
      width={820}
      about="Every webhook is signed twice, over the exact bytes of its body. Verify at least one signature before you read the body, and refuse timestamps older than five minutes."
    >
      <Card title="As JSON" about="Read them at start and again when a signature no longer matches.">
        <Command text={`curl ${address}`} />
      </Card>
      <Loaded from={found} what="The keys">
        {({ keys }) => (
          <Stack gap="md">
            {keys.map((key) => (
              <Card
                key={key.id}
                title={key.header}
                about={
                  <>
                    {algorithms[key.algorithm]} · key id <Id value={key.id} what="key id" />
                  </>
                }
                actions={<CopyAction text={key.publicKeyPem}>Copy key</CopyAction>}
              >
                <Command text={key.publicKeyPem.trim()} what={`public key of ${key.header}`} />
              </Card>
            ))}
          </Stack>
        )}
      </Loaded>
      <Card title="With app-kit">
        <Stack gap="sm">
          <Text size="sm">The receiver checks both signatures, the age and duplicates, and refuses everything else.</Text>
          <Command
            what="example"
            text={[
              "import { createWebhookReceiver } from '@groundlevel/app-kit'",
              '',
              `const receiver = createWebhookReceiver({ keys: '${address}' })`,
              "receiver.on('ContactCreate', async (event) => console.log(event.id))",
            ].join('\n')}
          />
        </Stack>
      </Card>
    </Page>
  )
}
