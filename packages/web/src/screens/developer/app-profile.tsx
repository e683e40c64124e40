import { apps } from '@groundlevel/contracts'
import { Button, Stack, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useSend } from '../../api.js'
import { Confirm } from '../../parts/confirm.js'
import { FormProblem } from '../../parts/form-problem.js'
import { Card } from '../../parts/page.js'
import { useApp } from './app-frame.js'
import { AppType, DistributionType, type DistributionValues, Installers, ListingType } from './distribution.js'
import { LogoField } from './logo-field.js'
import { SaveBar, sayDone } from './save-bar.js'
import { useAppForm } from './use-app-form.js'
import type { App } from './words.js'

const profileOf = (app: App) => ({
  name: app.name,
  logo: app.logo,
  tagline: app.tagline,
  description: app.description,
  categories: [...app.categories],
  companyName: app.companyName,
  website: app.website,
  supportEmail: app.supportEmail,
  supportPhone: app.supportPhone,
  appType: app.appType,
  listingType: app.listingType,
  targetUser: app.targetUser,
  whoCanInstall: app.whoCanInstall,
  bulkInstall: app.bulkInstall,
  allowLocationInstall: app.allowLocationInstall,
})

const DeleteApp = ({ app }: { app: App }) => {
  const [asking, setAsking] = useState(false)
  const navigate = useNavigate()
  const remove = useSend(apps.app.remove, () => {
    sayDone(`${app.name} is deleted`)
    void navigate('/portal/developer/apps')
  })
  return (
    <Card
      title="Delete this app"
      about={
        app.installCount > 0
          ? 'It is installed somewhere. It can be deleted once nobody has it installed.'
          : 'Its keys stop working at once. This cannot be undone.'
      }
      actions={
        <Button
          color="red.9"
          variant="outline"
          c="var(--mantine-color-error)"
          disabled={app.installCount > 0}
          onClick={() => setAsking(true)}
        >
          Delete app
        </Button>
      }
      flush
    >
      {asking && (
        <Confirm
          title={`Delete ${app.name}?`}
          action="Delete app"
          type={app.name}
          busy={remove.isPending}
          problem={remove.error}
          onConfirm={() => remove.mutate({ appId: app.id })}
          onClose={() => setAsking(false)}
        >
          The app leaves the store, its client keys are refused from now on, and its log goes with it. This cannot be undone.
        </Confirm>
      )}
    </Card>
  )
}

/** The profile: what the store shows, and who may install it. */
export const AppProfile = () => {
  const app = useApp()
  const { form, send, problem, busy, names } = useAppForm(app.id, profileOf(app), ({ targetUser: _fixed, ...values }) => values)
  const distribution = {
    values: form.values,
    errors: form.errors,
    onChange: (change: Partial<DistributionValues>) => form.setValues(change),
  }
  return (
    <Stack gap="md" maw={720}>
      <title>{`Profile of ${app.name} · Groundlevel`}</title>
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <Card title="Listing" about="What people see in the store and when they allow the app. Changes show at once.">
            <Stack gap="md">
              <TextInput
                label="App name"
                description="Unique in the marketplace, whatever its case."
                {...form.getInputProps('name')}
              />
              <LogoField
                name={form.values.name}
                value={form.values.logo}
                error={form.errors.logo}
                onChange={(logo) => form.setFieldValue('logo', logo)}
              />
              <TextInput label="Tagline" maxLength={170} {...form.getInputProps('tagline')} />
              <Textarea label="Description" autosize minRows={3} maxRows={14} {...form.getInputProps('description')} />
              <TagsInput
                label="Categories"
                description="Up to three. Press Enter after each."
                maxTags={3}
                data={['CRM', 'Marketing', 'Payments', 'Reporting', 'Scheduling', 'Support']}
                {...form.getInputProps('categories')}
              />
            </Stack>
          </Card>
          <Card title="Company and support">
            <Stack gap="md">
              <TextInput label="Company" {...form.getInputProps('companyName')} />
              <TextInput label="Website" type="url" placeholder="https://" {...form.getInputProps('website')} />
              <TextInput label="Support e-mail" type="email" {...form.getInputProps('supportEmail')} />
              <TextInput label="Support phone" type="tel" {...form.getInputProps('supportPhone')} />
            </Stack>
          </Card>
          <Card title="Distribution">
            <Stack gap="md">
              <AppType {...distribution} />
              <DistributionType {...distribution} fixedTarget />
              <Installers {...distribution} />
              <ListingType {...distribution} />
            </Stack>
          </Card>
          <FormProblem what="The profile was not saved" problem={problem} names={names} />
          <SaveBar dirty={form.isDirty()} busy={busy} onUndo={form.reset} />
        </Stack>
      </form>
      <DeleteApp app={app} />
    </Stack>
  )
}
