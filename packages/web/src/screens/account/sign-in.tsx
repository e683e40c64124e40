import { Button, Group, Text } from '@mantine/core'
import { Link, Navigate, useSearchParams } from 'react-router'
import { Loaded } from '../../parts/loaded.js'
import { type Account, useSession } from '../../session.js'
import { Door } from './door.js'
import { SignInForm } from './sign-in-form.js'

/** Only addresses of the portal: a link must not lead a signed-in person elsewhere. */
const safeNext = (next: string | null) => (next && /^\/portal(\/|$|\?)/.test(next) ? next : '/portal')

/** Home, where the address is in a place that is not theirs; people of an agency look into its sub-accounts. */
const openTo = ({ places }: Account, next: string) => {
  const [, kind, id] = /^\/portal\/(sub-account|agency|developer)(?:\/([^/?#]+))?/.exec(next) ?? []
  const isTheirs = places.some((place) =>
    kind === 'developer' ? place.kind === kind : place.id === id || (kind === 'sub-account' && place.kind === 'agency'),
  )
  return kind === undefined || isTheirs ? next : '/portal'
}

export const SignIn = () => {
  const session = useSession()
  const [search] = useSearchParams()
  const next = safeNext(search.get('next'))
  if (session.data?.firstRun) return <Navigate to="/portal/first-run" replace />
  if (session.data?.account) return <Navigate to={openTo(session.data.account, next)} replace />
  return (
    <Door
      title="Sign in"
      below={
        <Group gap="sm">
          <Text size="sm">New here, and you build apps?</Text>
          <Button component={Link} to={`/portal/sign-up${window.location.search}`} variant="default" size="xs">
            Sign up
          </Button>
        </Group>
      }
    >
      <Loaded from={session} what="The sign-in page">
        {(data) => <SignInForm session={data} onDone={() => undefined} />}
      </Loaded>
    </Door>
  )
}
