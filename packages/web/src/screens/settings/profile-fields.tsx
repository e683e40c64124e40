import { Group, Select, TextInput } from '@mantine/core'
import type { useRecordForm } from './edit-drawer.js'
import type { Profile } from './location-words.js'

export type ProfileForm = ReturnType<typeof useRecordForm<Profile>>['form']

const regions = new Intl.DisplayNames('en', { type: 'region' })
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** Every country that the browser has a name for, by name. */
const countries = letters
  .flatMap((first) => letters.map((second) => `${first}${second}`))
  .flatMap((value) => {
    const label = regions.of(value)
    return label && label !== value && !/^(EU|EZ|UN|QO|X.|ZZ|AN|BU|CS|DD|DY|FX|HV|NH|NT|RH|SU|TP|UK|VD|YD|YU|ZR)$/.test(value)
      ? [{ value, label }]
      : []
  })
  .sort((a, b) => a.label.localeCompare(b.label))

const zones = Intl.supportedValuesOf('timeZone')

/** Name and ways to reach a sub-account. */
export const ProfileFields = ({ form }: { form: ProfileForm }) => (
  <>
    <TextInput label="Name" {...form.getInputProps('name')} />
    <Group grow align="flex-start">
      <TextInput label="Phone" type="tel" {...form.getInputProps('phone')} />
      <TextInput label="E-mail" type="email" {...form.getInputProps('email')} />
    </Group>
    <TextInput label="Website" type="url" placeholder="https://" {...form.getInputProps('website')} />
  </>
)

/** Where a sub-account is. */
export const AddressFields = ({ form }: { form: ProfileForm }) => {
  const { country, timezone } = form.values
  const known = zones.includes(timezone) || timezone === '' ? zones : [timezone, ...zones]
  return (
    <>
      <TextInput label="Street address" {...form.getInputProps('address')} />
      <Group grow align="flex-start">
        <TextInput label="City" {...form.getInputProps('city')} />
        <TextInput label="State" {...form.getInputProps('state')} />
      </Group>
      <Group grow align="flex-start">
        <TextInput label="Postal code" {...form.getInputProps('postalCode')} />
        <Select
          label="Country"
          data={countries}
          searchable
          clearable
          value={country || null}
          onChange={(value) => form.setFieldValue('country', value ?? '')}
          error={form.errors.country}
        />
      </Group>
      <Select
        label="Time zone"
        description="Appointments, tasks and sending hours go by it."
        data={known}
        searchable
        clearable
        limit={100}
        value={timezone || null}
        onChange={(value) => form.setFieldValue('timezone', value ?? '')}
        error={form.errors.timezone}
      />
    </>
  )
}
