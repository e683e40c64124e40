import type { Reply } from '@groundlevel/contract-kit'
import { conversations } from '@groundlevel/contracts'
import { Radio, Stack, Text } from '@mantine/core'
import { useAsk, useSend } from '../../api.js'
import { AppLogo } from '../../parts/app-logo.js'
import { Empty } from '../../parts/empty.js'
import { Failure } from '../../parts/failure.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { MailIn } from './mail-in.js'

type Provider = Reply<typeof conversations.providers.list>['conversationProviders'][number]
type Channel = 'SMS' | 'Email'

const names = { SMS: 'SMS', Email: 'E-mail' } as const
const own = {
  SMS: 'What this installation has: with nothing connected, the outbox.',
  Email: 'The mail server of this installation; without one, the outbox.',
} as const
const none = 'none'

/** Whose way a channel's messages take. */
const ChannelChoice = ({ channel, providers }: { channel: Channel; providers: readonly Provider[] }) => {
  const locationId = useLocationId()
  const choose = useSend(conversations.providers.choose, () => sayDone(`${names[channel]} goes the way that you chose`))
  const possible = providers.filter(({ type, custom }) => type === channel && !custom)
  const chosen = possible.find((each) => each.chosen)?.id ?? none
  const put = (id: string) => choose.mutate({ body: { locationId, channel, conversationProviderId: id === none ? null : id } })
  return (
    <Card title={names[channel]}>
      <Stack gap="md">
        <Radio.Group aria-label={`${names[channel]} is sent by`} value={chosen} onChange={put}>
          <Stack gap="sm">
            <Radio value={none} label="No app" description={own[channel]} disabled={choose.isPending} />
            {possible.map(({ id, name, alias }) => (
              <Radio
                key={id}
                value={id}
                label={alias || name}
                description={alias ? name : undefined}
                disabled={choose.isPending}
              />
            ))}
          </Stack>
        </Radio.Group>
        {possible.length === 0 && (
          <Text size="sm" c="dimmed">
            No app that is installed here sends {names[channel]}. Install one from the store to choose it.
          </Text>
        )}
        {choose.error && <Failure what="It goes the way it went" problem={choose.error} focus />}
      </Stack>
    </Card>
  )
}

const Extras = ({ providers }: { providers: readonly Provider[] }) => (
  <Card title="Beside these" about="Ways of their own: they are chosen for a message, never for all of a channel.">
    {providers.length === 0 ? (
      <Empty title="None">Apps may bring more ways to write or to call.</Empty>
    ) : (
      <Stack gap="sm">
        {providers.map(({ id, name, alias, type, logo }) => (
          <div key={id} style={{ display: 'flex', gap: 10, alignItems: 'center' }}>
            <AppLogo name={alias || name} logo={logo} size={28} />
            <Text size="sm">
              {alias || name}{' '}
              <Text span c="dimmed">
                {type}
              </Text>
            </Text>
          </div>
        ))}
      </Stack>
    )}
  </Card>
)

/** Which app sends what. */
export const Providers = () => {
  const locationId = useLocationId()
  const found = useAsk(conversations.providers.list, { query: { locationId } })
  return (
    <Page title="Sending" about="Who takes messages of this sub-account to people, and where mail comes in." width={760}>
      <Loaded from={found} what="The providers" waiting={<Waiting lines={6} />}>
        {({ conversationProviders }) => (
          <>
            <ChannelChoice channel="SMS" providers={conversationProviders} />
            <ChannelChoice channel="Email" providers={conversationProviders} />
            <Extras providers={conversationProviders.filter(({ custom, type }) => custom || type === 'Call')} />
          </>
        )}
      </Loaded>
      <MailIn />
    </Page>
  )
}
