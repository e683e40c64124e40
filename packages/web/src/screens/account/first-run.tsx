import { account } from '@groundlevel/contracts'
import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { Navigate, useNavigate } from 'react-router'
import { useSend } from '../../api.js'
import { FormProblem, markFields } from '../../parts/form-problem.js'
import { useSession } from '../../session.js'
import { Door } from './door.js'

const empty = { name: '', email: '', password: '', companyName: '', locationName: '', setUpCode: '' }
const names = Object.keys(empty)

/** The address that the server printed carries the code behind the hash, which no server ever sees. */
const codeInAddress = () => new URLSearchParams(window.location.hash.slice(1)).get('set-up') ?? ''

/** An installation that nobody owns yet: makes its owner, their agency and its first sub-account, once. */
export const FirstRun = () => {
  const session = useSession()
  const navigate = useNavigate()
  const form = useForm({ initialValues: { ...empty, setUpCode: codeInAddress() } })
  const create = useSend(account.accounts.firstRun, () => void navigate('/portal', { replace: true }))
  const send = form.onSubmit(({ setUpCode, ...given }) => {
    const body = setUpCode === '' ? given : { ...given, setUpCode }
    create.mutate({ body }, { onError: (problem) => markFields(form, problem) })
  })
  if (session.data && !session.data.firstRun) return <Navigate to="/portal" replace />
  return (
    <Door title="Set up Groundlevel">
      <form onSubmit={send} noValidate>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            Nobody uses this installation yet. You become its owner.
          </Text>
          <TextInput label="Your name" autoComplete="name" {...form.getInputProps('name')} />
          <TextInput label="E-mail" type="email" autoComplete="username" {...form.getInputProps('email')} />
          <PasswordInput
            label="Password"
            description="At least 8 characters."
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password', tabIndex: 0 }}
            {...form.getInputProps('password')}
          />
          <TextInput label="Name of your agency" autoComplete="organization" {...form.getInputProps('companyName')} />
          <TextInput
            label="Name of its first sub-account"
            description="A client, a shop, a branch."
            {...form.getInputProps('locationName')}
          />
          {session.data && !session.data.local && (
            <TextInput
              label="Set-up code"
              description="The server printed it when it started."
              autoComplete="off"
              {...form.getInputProps('setUpCode')}
            />
          )}
          <FormProblem what="The set-up did not finish" problem={create.error} names={names} />
          <Button type="submit" loading={create.isPending} mt={4}>
            Create my agency
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
