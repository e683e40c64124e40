import { Button, Group, Text } from '@mantine/core'
import { Link, Navigate, useNavigate, useSearchParams } from 'react-router'
import { Loaded } from '../../parts/loaded.js'
import { useSession } from '../../session.js'
import { Door } from './door.js'
import { SignInForm } from './sign-in-form.js'

/** Only addresses of the portal: a link must not lead a signed-in person elsewhere. */
const safeNext = (next: string | null) => (next && /^\/portal(\/|$|\?)/.test(next) ? next : '/portal')

export const SignIn = () => {
  const session = useSession()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const next = safeNext(search.get('next'))
  if (session.data?.firstRun) return <Navigate to="/portal/first-run" replace />
  if (session.data?.account) return <Navigate to={next} replace />
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
        {(data) => <SignInForm session={data} onDone={() => void navigate(next, { replace: true })} />}
      </Loaded>
    </Door>
  )
}
