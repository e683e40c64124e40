import { contacts } from '@groundlevel/contracts'
import { Anchor, Button, Drawer, Group, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useEffect } from 'react'
import { Link, useNavigate } from 'react-router'
import { useSend } from '../../api.js'
import { FormProblem, markFields } from '../../parts/form-problem.js'
import type { Problem } from '../../problem.js'
import { sayDone } from '../developer/save-bar.js'
import { useTagNames } from './use-contacts.js'
import { nameOf, useLocationId, useUsers } from './words.js'

const names = ['firstName', 'lastName', 'email', 'phone', 'companyName', 'source'] as const
const initial = {
  firstName: '',
  lastName: '',
  email: '',
  phone: '',
  companyName: '',
  source: '',
  assignedTo: '',
  tags: [] as string[],
}

const filledIn = ({ tags, ...texts }: typeof initial) => ({
  ...Object.fromEntries(Object.entries(texts).flatMap(([name, value]) => (value.trim() ? [[name, value.trim()]] : []))),
  ...(tags.length > 0 ? { tags } : {}),
})

/** Leads to the contact that stands in the way. */
const AlreadyThere = ({ problem: { meta } }: { problem: Problem }) => {
  const locationId = useLocationId()
  if (typeof meta.contactId !== 'string') return null
  return (
    <Anchor component={Link} to={`/portal/sub-account/${locationId}/contacts/${meta.contactId}`} size="sm">
      Open {String(meta.contactName || 'the contact')}, who has this {meta.matchingField === 'phone' ? 'phone number' : 'e-mail'}
    </Anchor>
  )
}

/** A new contact: one of name, e-mail or phone is enough. */
export const CreateContact = ({ onClose }: { onClose: () => void }) => {
  const locationId = useLocationId()
  const navigate = useNavigate()
  const { users } = useUsers()
  const known = useTagNames()
  const form = useForm({ initialValues: initial })
  const create = useSend(contacts.contact.create, ({ contact }) => {
    sayDone(`${nameOf(contact)} is created`)
    void navigate(`/portal/sub-account/${locationId}/contacts/${contact.id}`)
  })
  const problem = create.error
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each refusal, not for each form
  useEffect(() => {
    if (problem) markFields(form, problem)
  }, [problem])
  const values = form.getValues()
  const named = [values.firstName, values.lastName, values.email, values.phone].some((value) => value.trim() !== '')
  return (
    <Drawer opened onClose={onClose} position="right" title="New contact">
      <form onSubmit={form.onSubmit((filled) => create.mutate({ body: { locationId, ...filledIn(filled) } }))}>
        <Stack gap="sm">
          <Group grow align="flex-start">
            <TextInput label="First name" data-autofocus {...form.getInputProps('firstName')} />
            <TextInput label="Last name" {...form.getInputProps('lastName')} />
          </Group>
          <TextInput label="E-mail" type="email" {...form.getInputProps('email')} />
          <TextInput
            label="Phone"
            type="tel"
            description="With + and country code, or as dialled in your country."
            {...form.getInputProps('phone')}
          />
          <TextInput label="Company" {...form.getInputProps('companyName')} />
          <TextInput label="Source" {...form.getInputProps('source')} />
          <TagsInput label="Tags" placeholder="Type a tag and press Enter" data={[...known]} {...form.getInputProps('tags')} />
          <Select
            label="Assigned to"
            data={users.map((user) => ({ value: user.id ?? '', label: user.name ?? '' }))}
            clearable
            searchable
            value={values.assignedTo || null}
            onChange={(id) => form.setFieldValue('assignedTo', id ?? '')}
          />
          <FormProblem what="The contact was not created" problem={problem} names={names} />
          {problem && <AlreadyThere problem={problem} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending} disabled={!named}>
              Create contact
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  )
}
