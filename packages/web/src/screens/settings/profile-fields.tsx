import { SimpleGrid, TextInput } from '@mantine/core'
import { CountrySelect, ZoneSelect } from '../../parts/place-selects.js'
import type { useRecordForm } from './edit-drawer.js'
import type { Profile } from './location-words.js'

export type ProfileForm = ReturnType<typeof useRecordForm<Profile>>['form']

/** Name and ways to reach a sub-account. */
export const ProfileFields = ({ form }: { form: ProfileForm }) => (
  <>
    <TextInput label="Name" {...form.getInputProps('name')} />
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <TextInput label="Phone" type="tel" {...form.getInputProps('phone')} />
      <TextInput label="E-mail" type="email" {...form.getInputProps('email')} />
    </SimpleGrid>
    <TextInput label="Website" type="url" placeholder="https://" {...form.getInputProps('website')} />
  </>
)

/** Where a sub-account is. */
export const AddressFields = ({ form }: { form: ProfileForm }) => (
  <>
    <TextInput label="Street address" {...form.getInputProps('address')} />
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <TextInput label="City" {...form.getInputProps('city')} />
      <TextInput label="State" {...form.getInputProps('state')} />
    </SimpleGrid>
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <TextInput label="Postal code" {...form.getInputProps('postalCode')} />
      <CountrySelect
        value={form.values.country}
        error={form.errors.country}
        onChange={(value) => form.setFieldValue('country', value)}
      />
    </SimpleGrid>
    <ZoneSelect
      description="Appointments, tasks and sending hours go by it."
      value={form.values.timezone}
      error={form.errors.timezone}
      onChange={(value) => form.setFieldValue('timezone', value)}
    />
  </>
)
