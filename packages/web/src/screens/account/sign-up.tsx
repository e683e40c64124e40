import { account } from '@groundlevel/contracts'
import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { Link, useNavigate } from 'react-router'
import { useSend } from '../../api.js'
import { FormProblem, markFields } from '../../parts/form-problem.js'
import { Door } from './door.js'

const initialValues = { name: '', email: '', password: '' }
const names = Object.keys(initialValues)

/** A developer's account; no mail is needed on a local start. */
export const SignUp = () => {
  const navigate = useNavigate()
  const form = useForm({ initialValues })
  const signUp = useSend(account.accounts.signUp, () => void navigate('/portal/developer/apps', { replace: true }))
  const send = form.onSubmit((body) => signUp.mutate({ body }, { onError: (problem) => markFields(form, problem) }))
  return (
    <Door
      title="Sign up as a developer"
      below={
        <Text size="sm">
          You have an account?{' '}
          <Anchor component={Link} to={`/portal/sign-in${window.location.search}`} size="sm" underline="always">
            Sign in
          </Anchor>
        </Text>
      }
    >
      <form onSubmit={send} noValidate>
        <Stack gap="sm">
          <TextInput label="Name" autoComplete="name" required withAsterisk={false} {...form.getInputProps('name')} />
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
            description="At least 8 characters."
            autoComplete="new-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password', tabIndex: 0 }}
            {...form.getInputProps('password')}
          />
          <FormProblem what="Your account was not created" problem={signUp.error} names={names} />
          <Button type="submit" loading={signUp.isPending} mt={4}>
            Sign up
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
