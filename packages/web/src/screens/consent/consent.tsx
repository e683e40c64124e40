import { account as accountApi, consent } from '@groundlevel/contracts'
import { Anchor, Group, Stack, Text, Title } from '@mantine/core'
import { useAsk, useSend } from '../../api.js'
import { usePageFacts } from '../../page-facts.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { useSession } from '../../session.js'
import { SignInForm } from '../account/sign-in-form.js'
import { AuthorizeError } from './authorize-error.js'
import { Request } from './request.js'
import { Part, Sheet } from './sheet.js'

/** Sign-in in place: the interaction stays the same. */
const SignInHere = ({ appName }: { appName: string }) => {
  const session = useSession()
  return (
    <Part label="Sign in">
      <Stack gap="md">
        <div>
          <Title order={1}>Sign in to go on to {appName}</Title>
          <Text size="sm" c="dimmed">
            The app never sees your password.
          </Text>
        </div>
        <Loaded from={session} what="The sign-in form">
          {(data) => <SignInForm session={data} onDone={() => undefined} />}
        </Loaded>
      </Stack>
    </Part>
  )
}

const SignedInAs = ({ email }: { email: string }) => {
  const signOut = useSend(accountApi.session.signOut)
  return (
    <Group justify="center" gap={6} mt="md" pb="md">
      <Text size="sm" c="dimmed">
        Signed in as {email}.
      </Text>
      <Anchor component="button" type="button" size="sm" underline="always" onClick={() => signOut.mutate({})}>
        Use another account
      </Anchor>
    </Group>
  )
}

const Asked = ({ interactionId }: { interactionId: string }) => {
  const asked = useAsk(consent.interactions.get, { interactionId })
  return (
    <Sheet title={asked.data ? `Allow ${asked.data.appName}` : 'Allow an app'}>
      <Loaded from={asked} what="What the app asks for" waiting={<Waiting lines={8} />}>
        {({ interaction, appName, account }) => (
          <>
            {interaction ? <Request key={account?.email} interaction={interaction} /> : <SignInHere appName={appName} />}
            {account && <SignedInAs email={account.email} />}
          </>
        )}
      </Loaded>
    </Sheet>
  )
}

/** The consent page. Without an interaction of the server it has nothing to ask. */
export const Consent = () => {
  const { interactionId } = usePageFacts()
  if (interactionId) return <Asked interactionId={interactionId} />
  return (
    <AuthorizeError
      title="Nothing to allow here"
      detail="This page opens when an app asks for access. It was opened without such a request, or the request is over."
      hint="Go back to the app, or to its page in the store, and start again."
    />
  )
}
