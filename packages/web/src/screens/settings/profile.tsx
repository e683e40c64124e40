import { locations } from '@groundlevel/contracts'
import { Select, Stack, Switch } from '@mantine/core'
import { useAsk, useSend } from '../../api.js'
import { FormProblem } from '../../parts/form-problem.js'
import { Id } from '../../parts/identifier.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { useLocationId } from '../contacts/words.js'
import { SaveBar, sayDone } from '../developer/save-bar.js'
import { useRecordForm } from './edit-drawer.js'
import { type Flag, type Location, profileBody, profileOf } from './location-words.js'
import { AddressFields, ProfileFields, type ProfileForm } from './profile-fields.js'

const orders = [
  { value: 'email,phone', label: 'E-mail, then phone' },
  { value: 'phone,email', label: 'Phone, then e-mail' },
  { value: 'email', label: 'E-mail only' },
  { value: 'phone', label: 'Phone only' },
]

const Duplicates = ({ form }: { form: ProfileForm }) => {
  const flag = (name: Flag) => form.getInputProps(name, { type: 'checkbox' })
  return (
    <Stack gap="md">
      <Switch
        label="Allow duplicate contacts"
        description="Off: a second contact with the same e-mail or phone is refused, and an upsert changes the first."
        {...flag('allowDuplicateContact')}
      />
      <Select
        label="Find an existing contact by"
        data={orders}
        allowDeselect={false}
        disabled={form.values.allowDuplicateContact}
        value={form.values.contactUniqueIdentifiers.join(',')}
        onChange={(value) =>
          form.setFieldValue('contactUniqueIdentifiers', (value ?? 'email,phone').split(',') as ('email' | 'phone')[])
        }
        error={form.errors.contactUniqueIdentifiers}
      />
      <Switch label="Allow duplicate opportunities" {...flag('allowDuplicateOpportunity')} />
      <Switch label="Merge Facebook contacts by name" {...flag('allowFacebookNameMerge')} />
      <Switch label="Contacts have no time zone of their own" {...flag('disableContactTimezone')} />
    </Stack>
  )
}

const ProfileOf = ({ location }: { location: Location }) => {
  const { form, options, names } = useRecordForm(profileOf(location))
  const update = useSend(locations.location.update)
  const send = form.onSubmit((values) =>
    update.mutate(
      { locationId: location.id, body: { companyId: location.companyId, ...profileBody(values) } },
      {
        ...options,
        onSuccess: () => {
          form.setInitialValues(form.getValues())
          form.resetDirty()
          sayDone('Saved')
        },
      },
    ),
  )
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md" maw={720}>
        <Card title="Profile">
          <Stack gap="md">
            <ProfileFields form={form} />
          </Stack>
        </Card>
        <Card title="Address and time zone">
          <Stack gap="md">
            <AddressFields form={form} />
          </Stack>
        </Card>
        <Card title="Contacts and duplicates">
          <Duplicates form={form} />
        </Card>
        <FormProblem what="The profile was not saved" problem={update.error} names={names} />
        <SaveBar dirty={form.isDirty()} busy={update.isPending} onUndo={form.reset} />
      </Stack>
    </form>
  )
}

/** What a sub-account is called, where it is, and how it treats its contacts. */
export const LocationProfile = () => {
  const locationId = useLocationId()
  const found = useAsk(locations.location.get, { locationId })
  return (
    <Page title="Business profile" about={<>Location ID {<Id value={locationId} what="location id" />}</>}>
      <Loaded from={found} what="The profile" waiting={<Waiting lines={6} height={36} />}>
        {({ location }) => <ProfileOf key={location.id} location={location} />}
      </Loaded>
    </Page>
  )
}
