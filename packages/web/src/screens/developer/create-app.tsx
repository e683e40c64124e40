import { apps } from '@groundlevel/contracts'
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { Link, useNavigate } from 'react-router'
import { useSend } from '../../api.js'
import { FormProblem, markFields } from '../../parts/form-problem.js'
import { Card, Page } from '../../parts/page.js'
import { AppType, DistributionType, type DistributionValues, Installers, ListingType } from './distribution.js'
import { ScopePicker } from './scope-picker.js'

interface Values extends DistributionValues {
  name: string
  tagline: string
  redirectUris: string
  webhookUrl: string
  scopes: string[]
}

const initialValues: Values = {
  name: '',
  tagline: '',
  appType: 'public',
  targetUser: 'location',
  whoCanInstall: 'both',
  bulkInstall: true,
  allowLocationInstall: false,
  listingType: 'standard',
  redirectUris: '',
  webhookUrl: '',
  scopes: [],
}
const names = Object.keys(initialValues)

/** Empty is allowed: the checklist of the new app asks for what is missing. */
const bodyOf = ({ redirectUris, webhookUrl, name, ...values }: Values) => ({
  ...values,
  name: name.trim(),
  redirectUris: redirectUris.trim() ? [redirectUris.trim()] : [],
  webhookUrl: webhookUrl.trim(),
})

/** Step 2 and 3 of the thirteen: a new app and its profile. */
export const CreateApp = () => {
  const navigate = useNavigate()
  const form = useForm<Values>({ initialValues })
  const create = useSend(apps.app.create, ({ app }) => void navigate(`/portal/developer/apps/${app.id}/overview`))
  const send = form.onSubmit((values) =>
    create.mutate({ body: bodyOf(values) }, { onError: (problem) => markFields(form as never, problem) }),
  )
  const distribution = {
    values: form.values,
    errors: form.errors,
    onChange: (change: Partial<DistributionValues>) => form.setValues(change),
  }
  return (
    <Page title="Create App" width={720}>
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <Card title="Profile">
            <Stack gap="md">
              <TextInput
                label="App name"
                description="Unique in the marketplace, whatever its case. 3 to 60 characters."
                required
                withAsterisk={false}
                autoComplete="off"
                {...form.getInputProps('name')}
              />
              <TextInput
                label="Tagline"
                description="One line for the store. You can write it later."
                {...form.getInputProps('tagline')}
              />
              <AppType {...distribution} />
            </Stack>
          </Card>
          <Card title="Distribution">
            <Stack gap="md">
              <DistributionType {...distribution} />
              <Installers {...distribution} />
              <ListingType {...distribution} />
            </Stack>
          </Card>
          <Card title="Addresses">
            <Stack gap="md">
              <TextInput
                label="OAuth token redirect URL"
                description="Where the code arrives after Allow. It has to match exactly, to the last character."
                placeholder="http://127.0.0.1:4100/oauth/callback"
                type="url"
                {...form.getInputProps('redirectUris')}
              />
              <TextInput
                label="Webhook URL"
                description="Gets every event that the scopes entitle to, as POST with JSON."
                placeholder="http://127.0.0.1:4100/webhooks"
                type="url"
                {...form.getInputProps('webhookUrl')}
              />
            </Stack>
          </Card>
          <Card title="Scopes">
            <ScopePicker value={form.values.scopes} onChange={(scopes) => form.setFieldValue('scopes', scopes)} />
          </Card>
          <FormProblem what="The app was not created" problem={create.error} names={names} />
          <Group gap="sm">
            <Button type="submit" loading={create.isPending}>
              Create App
            </Button>
            <Button component={Link} to="/portal/developer/apps" variant="default">
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  )
}
