import { defaultPermissions, installs, users } from '@groundlevel/contracts'
import { Button, Group, MultiSelect, PasswordInput, Select, Text, TextInput } from '@mantine/core'
import { useAsk, useSend } from '../../api.js'
import { CopyAction } from '../../parts/copy.js'
import { sayDone } from '../developer/save-bar.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { type Granted, Permissions } from './permissions.js'
import { aboutKind, type Kind, kindNames, kindOf, type User } from './words.js'

/** Where users are managed: by an agency, or inside one of its sub-accounts. */
export interface UsersPlace {
  readonly companyId: string
  /** Absent in an agency. */
  readonly locationId?: string | undefined
}

const valuesOf = (row: User | undefined, { locationId }: UsersPlace) => ({
  firstName: row?.firstName ?? '',
  lastName: row?.lastName ?? '',
  email: row?.email ?? '',
  phone: row?.phone ?? '',
  password: '',
  kind: row ? kindOf(row) : ('account-user' as Kind),
  locationIds: [...(row?.roles?.locationIds ?? (locationId ? [locationId] : []))],
  permissions: { ...defaultPermissions, ...row?.permissions } as Granted,
})
type Values = ReturnType<typeof valuesOf>

const typeAndRole = (kind: Kind) => {
  const [type, role] = kind.split('-') as ['agency' | 'account', 'admin' | 'user']
  return { type, role }
}

/** A sub-account manages nobody's other sub-accounts: what it does not send stays. */
const bodyOf = ({ kind, locationIds, ...values }: Values, { companyId, locationId }: UsersPlace) => ({
  companyId,
  firstName: values.firstName.trim(),
  lastName: values.lastName.trim(),
  email: values.email.trim(),
  phone: values.phone.trim() || null,
  permissions: values.permissions,
  ...typeAndRole(kind),
  locationIds: locationId ? [locationId] : locationIds,
})

const changeOf = (values: Values, place: UsersPlace) => {
  const { companyId: _, type, locationIds, ...body } = bodyOf(values, place)
  const reach = place.locationId ? {} : { type, locationIds }
  return { ...body, ...reach, ...(values.password ? { password: values.password } : {}) }
}

const letters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** Sixteen letters and digits that cannot be mistaken for each other. */
const newPassword = () => {
  const bytes = crypto.getRandomValues(new Uint32Array(16))
  return [...bytes].map((byte) => letters[byte % letters.length]).join('')
}

type Form = ReturnType<typeof useRecordForm<Values>>['form']

const Password = ({ form, isNew }: { form: Form; isNew: boolean }) => (
  <div>
    <PasswordInput
      label="Password"
      description={isNew ? 'At least 8 characters. They sign in with it and with their e-mail.' : 'Empty: it stays as it is.'}
      autoComplete="new-password"
      {...form.getInputProps('password')}
    />
    <Group gap="xs" mt={6}>
      <Button variant="default" size="xs" onClick={() => form.setFieldValue('password', newPassword())}>
        Make one up
      </Button>
      {form.values.password && <CopyAction text={form.values.password}>Copy password</CopyAction>}
    </Group>
  </div>
)

const Locations = ({ form, companyId }: { form: Form; companyId: string }) => {
  const found = useAsk(installs.agency.locations, { companyId, query: {} })
  const known = (found.data?.locations ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const unknown = form.values.locationIds
    .filter((id) => !known.some(({ value }) => value === id))
    .map((id) => ({ value: id, label: id }))
  return (
    <MultiSelect
      label="Sub-accounts"
      placeholder={form.values.locationIds.length === 0 ? 'Choose where they work' : undefined}
      data={[...known, ...unknown]}
      searchable
      {...form.getInputProps('locationIds')}
    />
  )
}

interface UserFormProps {
  readonly row: User | undefined
  readonly place: UsersPlace
  readonly onClose: () => void
}

/** A user: who they are, where they work and what they may do there. */
export const UserForm = ({ row, place, onClose }: UserFormProps) => {
  const { form, options, names } = useRecordForm(valuesOf(row, place))
  const done = ({ name }: { name: string }) => {
    sayDone(`${name} is saved`)
    onClose()
  }
  const create = useSend(users.user.create, done)
  const update = useSend(users.user.update, done)
  const send = form.onSubmit((values) => {
    if (row) update.mutate({ userId: row.id ?? '', body: changeOf(values, place) }, options)
    else create.mutate({ body: { ...bodyOf(values, place), password: values.password } }, options)
  })
  const { kind, permissions } = form.values
  const kinds = Object.entries(kindNames).filter(([name]) => !place.locationId || name.startsWith('account') || name === kind)
  return (
    <EditDrawer
      title={row ? 'Edit user' : 'New user'}
      failed="The user was not saved"
      sends={[create, update]}
      names={names}
      onSubmit={send}
      onClose={onClose}
    >
      <Group grow align="flex-start">
        <TextInput label="First name" data-autofocus autoComplete="off" {...form.getInputProps('firstName')} />
        <TextInput label="Last name" autoComplete="off" {...form.getInputProps('lastName')} />
      </Group>
      <TextInput label="E-mail" type="email" autoComplete="off" {...form.getInputProps('email')} />
      <TextInput label="Phone" type="tel" autoComplete="off" {...form.getInputProps('phone')} />
      <Password form={form} isNew={row === undefined} />
      <div>
        <Select
          label="Role"
          data={kinds.map(([value, label]) => ({ value, label }))}
          allowDeselect={false}
          {...form.getInputProps('kind')}
        />
        <Text size="xs" c="dimmed" mt={4}>
          {aboutKind[kind]}
        </Text>
      </div>
      {!place.locationId && kind !== 'agency-admin' && <Locations form={form} companyId={place.companyId} />}
      {kind === 'account-user' && (
        <Permissions value={permissions} onChange={(next) => form.setFieldValue('permissions', next as Values['permissions'])} />
      )}
    </EditDrawer>
  )
}
