import { type DataType, fileFormats, locations } from '@groundlevel/contracts'
import { Group, MultiSelect, NumberInput, Select, Switch, Text, TextInput } from '@mantine/core'
import { useSend } from '../../api.js'
import { CopyAction } from '../../parts/copy.js'
import { Id } from '../../parts/identifier.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { EditDrawer, useRecordForm } from './edit-drawer.js'
import { type Field, type Folder, hasChoices, mergeFieldOf, type ObjectKey, objectNames, typeNames } from './field-words.js'
import { OptionsEditor } from './options-editor.js'

const valuesOf = (row: Field | undefined, model: ObjectKey) => ({
  name: row?.name ?? '',
  model: (row?.model ?? model) as ObjectKey,
  dataType: (row?.dataType ?? 'TEXT') as DataType,
  parentId: row?.parentId ?? '',
  placeholder: row?.placeholder ?? '',
  options: [...(row?.picklistOptions ?? [])],
  textBoxListOptions: (row?.textBoxListOptions ?? []).map(({ label }) => label),
  isAllowedCustomOption: row?.isAllowedCustomOption ?? false,
  acceptedFormat: [...(row?.acceptedFormat ?? [])],
  maxNumberOfFiles: row?.maxFileLimit ?? 1,
})
type Values = ReturnType<typeof valuesOf>

const filled = (lines: readonly string[]) => lines.map((line) => line.trim()).filter(Boolean)

const earlierBoxes = (row: Field | undefined) => new Map((row?.textBoxListOptions ?? []).map((box) => [box.label, box]))

/** What the type of the field asks for, and nothing else. */
const ofType = (values: Values, row: Field | undefined) => {
  const { dataType } = values
  if (hasChoices(dataType)) return { options: filled(values.options), isAllowedCustomOption: values.isAllowedCustomOption }
  if (dataType === 'TEXTBOX_LIST') {
    const boxes = earlierBoxes(row)
    return { textBoxListOptions: filled(values.textBoxListOptions).map((label) => ({ ...boxes.get(label), label })) }
  }
  if (dataType !== 'FILE_UPLOAD') return {}
  const { acceptedFormat, maxNumberOfFiles } = values
  return { acceptedFormat, maxNumberOfFiles, isMultipleFile: maxNumberOfFiles > 1 }
}

const bodyOf = (values: Values, row: Field | undefined) => ({
  name: values.name.trim(),
  placeholder: values.placeholder,
  ...(values.parentId ? { parentId: values.parentId } : {}),
  ...ofType(values, row),
})

type Form = ReturnType<typeof useRecordForm<Values>>['form']

/** What only some types have. */
const TypeFields = ({ form }: { form: Form }) => {
  const { dataType, options, textBoxListOptions } = form.values
  if (hasChoices(dataType))
    return (
      <>
        <OptionsEditor
          label="Options"
          about="One a line. Contacts keep an option that is taken away until their field is changed."
          value={options}
          error={form.errors.options}
          onChange={(next) => form.setFieldValue('options', next)}
        />
        <Switch
          label="People may enter an option of their own"
          {...form.getInputProps('isAllowedCustomOption', { type: 'checkbox' })}
        />
      </>
    )
  if (dataType === 'TEXTBOX_LIST')
    return (
      <OptionsEditor
        label="Text boxes"
        about="The label of each box, one a line."
        value={textBoxListOptions}
        error={form.errors.textBoxListOptions}
        onChange={(next) => form.setFieldValue('textBoxListOptions', next)}
      />
    )
  if (dataType !== 'FILE_UPLOAD') return null
  return (
    <>
      <MultiSelect
        label="Accepted formats"
        description="None chosen: all of them."
        data={[...fileFormats]}
        {...form.getInputProps('acceptedFormat')}
      />
      <NumberInput label="Files at most" min={1} max={100} allowDecimal={false} {...form.getInputProps('maxNumberOfFiles')} />
    </>
  )
}

const Key = ({ row }: { row: Field }) => (
  <div>
    <Text size="sm" fw={500}>
      Key
    </Text>
    <Group gap="xs" justify="space-between">
      <Id value={row.fieldKey} what="key" />
      <CopyAction text={mergeFieldOf(row)}>Copy merge field</CopyAction>
    </Group>
    <Text size="xs" c="dimmed">
      It stays when the field is renamed, so that templates and apps go on working.
    </Text>
  </div>
)

interface FieldFormProps {
  readonly row: Field | undefined
  readonly model: ObjectKey
  readonly folders: readonly Folder[]
  readonly onClose: () => void
}

/** A custom field: its type is chosen once, everything else can be changed. */
export const FieldForm = ({ row, model, folders, onClose }: FieldFormProps) => {
  const locationId = useLocationId()
  const { form, options, names } = useRecordForm(valuesOf(row, model))
  const done = ({ customField }: { customField: Field }) => {
    sayDone(`${customField.name} is saved`)
    onClose()
  }
  const create = useSend(locations.customFields.create, done)
  const update = useSend(locations.customFields.update, done)
  const send = form.onSubmit((values) => {
    const body = bodyOf(values, row)
    if (row) update.mutate({ locationId, id: row.id, body }, options)
    else create.mutate({ locationId, body: { ...body, dataType: values.dataType, model } }, options)
  })
  return (
    <EditDrawer
      title={row ? 'Edit custom field' : `New custom field of the ${objectNames[model].toLowerCase()}`}
      failed="The custom field was not saved"
      sends={[create, update]}
      names={names}
      onSubmit={send}
      onClose={onClose}
    >
      <TextInput label="Name" data-autofocus autoComplete="off" {...form.getInputProps('name')} />
      <Select
        label="Type"
        description={row ? 'Chosen when the field was created.' : 'Cannot be changed later.'}
        data={Object.entries(typeNames).map(([value, label]) => ({ value, label }))}
        disabled={row !== undefined}
        allowDeselect={false}
        {...form.getInputProps('dataType')}
      />
      {folders.length > 0 && (
        <Select
          label="Folder"
          data={folders.map(({ id, name }) => ({ value: id, label: name }))}
          clearable={!row?.parentId}
          value={form.values.parentId || null}
          onChange={(id) => form.setFieldValue('parentId', id ?? '')}
          error={form.errors.parentId}
        />
      )}
      <TypeFields form={form} />
      <TextInput label="Placeholder" {...form.getInputProps('placeholder')} />
      {row && <Key row={row} />}
    </EditDrawer>
  )
}
