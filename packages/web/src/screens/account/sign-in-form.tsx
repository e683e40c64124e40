import { account } from '@groundlevel/contracts'
import { Button, PasswordInput, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useSend } from '../../api.js'
import { FormProblem, markFields } from '../../parts/form-problem.js'
import { roleNames, type Session } from '../../session.js'
import classes from './account.module.css'

const names = ['email', 'password']

interface SignInFormProps {
  readonly session: Session
  readonly onDone: () => void
}

type Credentials = { email: string; password: string }

const DemoPeople = ({
  people,
  busy,
  onPick,
}: {
  people: Session['people']
  busy: boolean
  onPick: (person: Credentials) => void
}) => (
  <section aria-labelledby="demo-people">
    <Text id="demo-people" component="h2" size="sm" fw={600} m={0}>
      Demo people
    </Text>
    <Text size="xs" c="dimmed" mb={8}>
      Only a local start lists them. One click signs you in.
    </Text>
    <Stack gap={6}>
      {people.map((person) => (
        <UnstyledButton
          key={person.email}
          className={classes.person}
          disabled={busy}
          onClick={() => onPick({ email: person.email, password: person.password })}
        >
          <span style={{ minWidth: 0 }}>
            <Text span display="block" size="sm" fw={500} truncate>
              {person.name}
            </Text>
            <Text span display="block" size="xs" c="dimmed" truncate>
              {person.email}
            </Text>
          </span>
          <Text span size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
            {roleNames[person.role]}
          </Text>
        </UnstyledButton>
      ))}
    </Stack>
  </section>
)

/** E-mail and password, and on a local start the demo people. Used by the sign-in page and in the consent page. */
export const SignInForm = ({ session, onDone }: SignInFormProps) => {
  const form = useForm<Credentials>({ initialValues: { email: '', password: '' } })
  const signIn = useSend(account.session.signIn, onDone)
  const send = (body: Credentials) => signIn.mutate({ body }, { onError: (problem) => markFields(form, problem) })
  return (
    <Stack gap="lg">
      <form onSubmit={form.onSubmit(send)} noValidate>
        <Stack gap="sm">
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password', tabIndex: 0 }}
            {...form.getInputProps('password')}
          />
          <FormProblem what="You are not signed in" problem={signIn.error} names={names} />
          <Button type="submit" loading={signIn.isPending} mt={4}>
            Sign in
          </Button>
        </Stack>
      </form>
      {session.people.length > 0 && <DemoPeople people={session.people} busy={signIn.isPending} onPick={send} />}
    </Stack>
  )
}
