import { conversations } from '@groundlevel/contracts'
import { Input, SegmentedControl, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useSend } from '../../api.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { LogoField } from './logo-field.js'
import {
  type AppProvider,
  bodyOf,
  draftOf,
  type ProviderDraft,
  type ProviderType,
  providerTypes,
  purposeOf,
} from './provider-words.js'
import { sayDone } from './save-bar.js'

type Form = ReturnType<typeof useRecordForm<ProviderDraft>>['form']

const types = Object.entries(providerTypes).map(([value, label]) => ({ value, label }))

const Shown = ({ form }: { form: Form }) => (
  <>
    <Switch
      label="Always show this Conversation Provider"
      description="A tab of its own in every conversation."
      {...form.getInputProps('alwaysShow', { type: 'checkbox' })}
    />
    <TextInput
      label="Alias"
      description="What conversations call it instead of its name."
      maxLength={100}
      {...form.getInputProps('alias')}
    />
    <LogoField
      name={form.values.alias || form.values.name}
      value={form.values.logo}
      error={form.errors.logo}
      onChange={(logo) => form.setFieldValue('logo', logo)}
    />
  </>
)

interface ProviderFormProps {
  readonly appId: string
  readonly provider: AppProvider | undefined
  readonly onClose: () => void
}

/** Makes or changes a conversation provider. What was typed stays when it is refused. */
export const ProviderForm = ({ appId, provider, onClose }: ProviderFormProps) => {
  const { form, options, names } = useRecordForm(draftOf(provider))
  const { type, custom } = form.values
  const done = (said: string) => () => {
    sayDone(said)
    onClose()
  }
  const create = useSend(conversations.appProviders.create, done('The conversation provider is there'))
  const update = useSend(conversations.appProviders.update, done('Saved'))
  const send = form.onSubmit((values) => {
    const body = bodyOf(values)
    if (provider) update.mutate({ appId, providerId: provider.id, body }, options)
    else create.mutate({ appId, body: { ...body, type: values.type } }, options)
  })
  return (
    <EditDrawer
      title={provider ? `Change ${provider.name}` : 'New conversation provider'}
      failed="The conversation provider was not saved"
      sends={[create, update]}
      names={names}
      onSubmit={send}
      onClose={onClose}
    >
      <TextInput label="Name" required data-autofocus maxLength={100} {...form.getInputProps('name')} />
      <Stack gap={4}>
        <Input.Label labelElement="div" id="provider-type">
          Type
        </Input.Label>
        <SegmentedControl
          aria-labelledby="provider-type"
          data={types}
          disabled={provider !== undefined}
          value={type}
          onChange={(value) => form.setFieldValue('type', value as ProviderType)}
        />
        {provider && (
          <Text size="xs" c="dimmed">
            It cannot be changed.
          </Text>
        )}
      </Stack>
      <TextInput
        label="Delivery URL"
        description={
          type === 'Call'
            ? 'May be empty.'
            : 'Gets a POST for each message, signed as webhooks are, and INSTALL and UNINSTALL of the app.'
        }
        type="url"
        required={type !== 'Call'}
        placeholder="https://"
        {...form.getInputProps('deliveryUrl')}
      />
      {type !== 'Call' && (
        <Switch
          label="Is this a Custom Conversation Provider"
          description={purposeOf({ type, custom: true })}
          {...form.getInputProps('custom', { type: 'checkbox' })}
        />
      )}
      {type !== 'Call' && custom && <Shown form={form} />}
    </EditDrawer>
  )
}
