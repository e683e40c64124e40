import { companies } from '@groundlevel/contracts'
import { SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useParams } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { FormProblem } from '../../parts/form-problem.js'
import { Id } from '../../parts/identifier.js'
import { LeaveGuard } from '../../parts/leave-guard.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { CountrySelect, ZoneSelect } from '../../parts/place-selects.js'
import { LogoField } from '../developer/logo-field.js'
import { SaveBar, sayDone } from '../developer/save-bar.js'
import { useRecordForm } from '../settings/edit-drawer.js'
import classes from './company.module.css'
import { type Company, changeOf, type Said, saidBy } from './company-words.js'

type Form = ReturnType<typeof useRecordForm<Said>>['form']

const two = { base: 1, xs: 2 }

const Profile = ({ form }: { form: Form }) => (
  <Card title="Profile" about="What the agency is called and how it is reached: apps that are installed at the agency read it.">
    <Stack gap="md">
      <TextInput label="Name" required maxLength={200} autoComplete="organization" {...form.getInputProps('name')} />
      <LogoField
        name={form.values.name}
        value={form.values.logoUrl}
        error={form.errors.logoUrl}
        onChange={(logoUrl) => form.setFieldValue('logoUrl', logoUrl)}
      />
      <SimpleGrid cols={two}>
        <TextInput label="E-mail" type="email" autoComplete="email" {...form.getInputProps('email')} />
        <TextInput label="Phone" type="tel" autoComplete="tel" {...form.getInputProps('phone')} />
        <TextInput label="Website" type="url" placeholder="https://" {...form.getInputProps('website')} />
        <TextInput label="Domain" placeholder="app.example.com" {...form.getInputProps('domain')} />
      </SimpleGrid>
    </Stack>
  </Card>
)

const Place = ({ form }: { form: Form }) => (
  <Card title="Address and time zone">
    <Stack gap="md">
      <TextInput label="Street address" autoComplete="street-address" {...form.getInputProps('address')} />
      <SimpleGrid cols={two}>
        <TextInput label="City" {...form.getInputProps('city')} />
        <TextInput label="State" {...form.getInputProps('state')} />
        <TextInput label="Postal code" {...form.getInputProps('postalCode')} />
        <CountrySelect
          value={form.values.country}
          error={form.errors.country}
          onChange={(value) => form.setFieldValue('country', value)}
        />
        <ZoneSelect
          value={form.values.timezone}
          error={form.errors.timezone}
          onChange={(value) => form.setFieldValue('timezone', value)}
        />
        <TextInput label="Currency" placeholder="USD" maxLength={3} {...form.getInputProps('currency')} />
      </SimpleGrid>
    </Stack>
  </Card>
)

const Business = ({ form }: { form: Form }) => (
  <Card title="Business">
    <SimpleGrid cols={two}>
      <TextInput label="Niche" {...form.getInputProps('businessNiche')} />
      <TextInput label="Category" {...form.getInputProps('businessCategory')} />
      <TextInput label="Privacy policy" type="url" placeholder="https://" {...form.getInputProps('privacyPolicy')} />
      <TextInput label="Terms and conditions" type="url" placeholder="https://" {...form.getInputProps('termsConditions')} />
    </SimpleGrid>
  </Card>
)

const facts: readonly (readonly [string, (company: Company) => string])[] = [
  ['Relationship number', ({ relationshipNumber }) => relationshipNumber],
  ['Sub-accounts', ({ locationCount }) => String(locationCount)],
]

const Facts = ({ company }: { company: Company }) => (
  <Card title="Given by Groundlevel" flush>
    <dl className={classes.facts}>
      {facts.map(([label, textOf]) => (
        <div key={label} className={classes.fact}>
          <Text component="dt" size="sm" c="dimmed">
            {label}
          </Text>
          <Text component="dd" size="sm" m={0}>
            {textOf(company)}
          </Text>
        </div>
      ))}
    </dl>
  </Card>
)

const ProfileOf = ({ company }: { company: Company }) => {
  const { form, options, names } = useRecordForm(saidBy(company))
  const update = useSend(companies.profile.update)
  const send = form.onSubmit((values) =>
    update.mutate(
      { companyId: company.id, body: changeOf(saidBy(company), values) },
      {
        ...options,
        onSuccess: (reply) => {
          const said = saidBy(reply.company)
          form.setInitialValues(said)
          form.setValues(said)
          form.resetDirty(said)
          sayDone('Saved')
        },
      },
    ),
  )
  return (
    <form onSubmit={send} noValidate>
      <LeaveGuard dirty={form.isDirty()} what="The company profile" />
      <Stack gap="md">
        <Profile form={form} />
        <Place form={form} />
        <Business form={form} />
        <Facts company={company} />
        <FormProblem what="The profile was not saved" problem={update.error} names={names} />
        <SaveBar dirty={form.isDirty()} busy={update.isPending} onUndo={form.reset} />
      </Stack>
    </form>
  )
}

/** What the agency is called and how it is reached: what its own apps read too. */
export const CompanyProfile = () => {
  const { companyId = '' } = useParams()
  const found = useAsk(companies.company.get, { companyId })
  return (
    <Page title="Company profile" about={<>Company ID {<Id value={companyId} what="company id" />}</>} width={720}>
      <Loaded from={found} what="The company profile" waiting={<Waiting lines={8} height={36} />}>
        {({ company }) => <ProfileOf key={company.id} company={company} />}
      </Loaded>
    </Page>
  )
}
