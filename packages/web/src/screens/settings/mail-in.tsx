import type { Reply } from '@groundlevel/contract-kit'
import { conversations } from '@groundlevel/contracts'
import { Button, Code, Group, List, Stack, Text } from '@mantine/core'
import { useAsk, useSend } from '../../api.js'
import { Copy } from '../../parts/copy.js'
import { Failure } from '../../parts/failure.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card } from '../../parts/page.js'
import { useLocationId } from '../contacts/words.js'

type Told = Reply<typeof conversations.mailAddress.get>

const Closed = () => (
  <Stack gap="xs">
    <Text size="sm">No mail comes in on this installation. Whoever runs it opens the door with three settings:</Text>
    <List size="sm" spacing={4}>
      <List.Item>
        <Code>GROUNDLEVEL_MAIL_PORT=25</Code> lets a small mail server listen.
      </List.Item>
      <List.Item>
        <Code>GROUNDLEVEL_MAIL_DOMAIN</Code> is what follows the @ of the addresses; its MX record leads to this machine.
      </List.Item>
      <List.Item>
        <Code>GROUNDLEVEL_SMTP_URL</Code> sends e-mails for real, so that answers find their way back by themselves.
      </List.Item>
    </List>
  </Stack>
)

const Address = ({ address, domain }: { address: string; domain: string }) => (
  <Stack gap="sm">
    <Group gap={6} wrap="nowrap">
      <Code style={{ overflowWrap: 'anywhere' }}>{address}</Code>
      <Copy text={address} what="the address" />
    </Group>
    <Text size="sm">
      Whoever writes to it stands in Conversations; who is new becomes a contact. Forward a mailbox of yours to it, or give it to
      people. Answers to e-mails that you send need nothing: they come back by an address of their own.
    </Text>
    <Text size="sm" c="dimmed">
      Mail servers find it by the MX record of <Code>{domain}</Code>, which has to lead to this machine, or to a mail server that
      passes on to it what is for that domain.
    </Text>
  </Stack>
)

const Door = ({ told: { address, domain } }: { told: Told }) => {
  const locationId = useLocationId()
  const keep = useSend(conversations.mailAddress.keep)
  if (domain === null) return <Closed />
  if (address !== null) return <Address address={address} domain={domain} />
  return (
    <Stack gap="sm" align="flex-start">
      <Text size="sm">This sub-account has no address yet. One that nobody can guess is made for it, and stays.</Text>
      <Button loading={keep.isPending} onClick={() => keep.mutate({ body: { locationId } })}>
        Make an address
      </Button>
      {keep.error && <Failure what="No address was made" problem={keep.error} focus />}
    </Stack>
  )
}

/** The address at which mail becomes conversations, and what it needs. */
export const MailIn = () => {
  const locationId = useLocationId()
  const found = useAsk(conversations.mailAddress.get, { query: { locationId } })
  return (
    <Card title="Mail that comes in">
      <Loaded from={found} what="The address" waiting={<Waiting lines={3} />}>
        {(told) => <Door told={told} />}
      </Loaded>
    </Card>
  )
}
