import { Button, Menu, Stack, TagsInput, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useSend } from '../../api.js'
import { FormProblem } from '../../parts/form-problem.js'
import { LeaveGuard } from '../../parts/leave-guard.js'
import { Card } from '../../parts/page.js'
import { useTagNames } from '../contacts/use-contacts.js'
import { SaveBar, sayDone } from '../developer/save-bar.js'
import { useRecordForm } from '../settings/edit-drawer.js'
import { type Draft, FieldEditor } from './field-editor.js'
import classes from './forms.module.css'
import { type AskingKind, idIn } from './kinds.js'
import { contactKeys, type Form, type FormField, keyOf } from './words.js'

let made = 0
const draftOf = (field: FormField): Draft => ({ uid: `field ${++made}`, field })

const moved = (drafts: readonly Draft[], at: number, to: number): Draft[] => {
  const next = [...drafts]
  const [taken] = next.splice(at, 1)
  if (taken) next.splice(to, 0, taken)
  return next
}

/** The contact's fields that are not asked yet, or a question of the form's own. */
const Add = ({ drafts, onAdd }: { drafts: readonly Draft[]; onAdd: (field: FormField) => void }) => {
  const taken = drafts.map(({ field }) => field.key)
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} style={{ alignSelf: 'flex-start' }}>
          Add question
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        <Menu.Item onClick={() => onAdd({ key: keyOf('New question', taken), label: 'New question', type: 'text' })}>
          Question of its own
        </Menu.Item>
        <Menu.Item
          onClick={() =>
            onAdd({ key: keyOf('consent', taken), label: 'I agree to be contacted.', type: 'consent', required: true })
          }
        >
          Consent
        </Menu.Item>
        <Menu.Item onClick={() => onAdd({ key: keyOf('hidden', taken), label: 'Hidden', type: 'hidden' })}>
          Hidden, filled in by the address
        </Menu.Item>
        <Menu.Label>Contact</Menu.Label>
        {contactKeys
          .filter(([key]) => !taken.includes(key))
          .map(([key, label, type]) => (
            <Menu.Item key={key} onClick={() => onAdd({ key, label, type })}>
              {label}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  )
}

const valuesOf = ({ name, fields, settings }: Form) => ({
  name,
  fields: fields.map(draftOf),
  submitLabel: settings.submitLabel ?? '',
  message: settings.message ?? '',
  redirectTo: settings.redirectTo ?? '',
  tags: settings.tags ?? [],
})

const settingsOf = ({ submitLabel, message, redirectTo, tags }: Omit<ReturnType<typeof valuesOf>, 'name' | 'fields'>) => ({
  ...(submitLabel.trim() ? { submitLabel: submitLabel.trim() } : {}),
  ...(message.trim() ? { message: message.trim() } : {}),
  ...(redirectTo.trim() ? { redirectTo: redirectTo.trim() } : {}),
  ...(tags.length > 0 ? { tags } : {}),
})

/** Empty texts of a question are none. */
const cleaned = (field: FormField): FormField =>
  Object.fromEntries(Object.entries(field).filter(([, value]) => value !== '')) as FormField

/** The questions of a form or a survey and what happens once they are answered. */
export const Builder = ({ row, kind }: { row: Form; kind: AskingKind }) => {
  const { noun, operations, title } = kind
  const known = useTagNames()
  const { form, options, names } = useRecordForm(valuesOf(row))
  const update = useSend(operations.update, () => {
    form.setInitialValues(form.getValues())
    form.resetDirty()
    sayDone('Saved')
  })
  const { fields } = form.values
  const put = (next: Draft[]) => form.setFieldValue('fields', next)
  const send = form.onSubmit(({ name, fields: drafts, ...rest }) => {
    const body = { name: name.trim(), fields: drafts.map(({ field }) => cleaned(field)), settings: settingsOf(rest) }
    update.mutate({ ...idIn(kind, row.id), body }, options)
  })
  return (
    <form onSubmit={send} noValidate>
      <LeaveGuard dirty={form.isDirty()} what={`This ${noun}`} />
      <div className={classes.columns}>
        <Card title="Questions">
          <Stack gap="md">
            <ol className={classes.fields}>
              {fields.map((draft, at) => (
                <FieldEditor
                  key={draft.uid}
                  draft={draft}
                  at={at}
                  drafts={fields}
                  onChange={(field) => put(fields.map((each, index) => (index === at ? { ...each, field } : each)))}
                  onMove={(to) => put(moved(fields, at, to))}
                  onRemove={() => put(fields.filter((_, index) => index !== at))}
                />
              ))}
            </ol>
            <Add drafts={fields} onAdd={(field) => put([...fields, draftOf(field)])} />
          </Stack>
        </Card>
        <Card title={title.slice(0, -1)}>
          <Stack gap="md">
            <TextInput label="Name" required autoComplete="off" {...form.getInputProps('name')} />
            <TextInput label="Button" placeholder="Send" {...form.getInputProps('submitLabel')} />
            <Textarea label="Shown afterwards" placeholder="Thank you." autosize minRows={2} {...form.getInputProps('message')} />
            <TextInput
              label="Or leads to"
              description="Instead of the text."
              type="url"
              placeholder="https://"
              {...form.getInputProps('redirectTo')}
            />
            <TagsInput label="Tags for whoever answers" data={[...known]} {...form.getInputProps('tags')} />
            <FormProblem what={`The ${noun} was not saved`} problem={update.error} names={names} />
            <SaveBar dirty={form.isDirty()} busy={update.isPending} onUndo={form.reset} />
          </Stack>
        </Card>
      </div>
    </form>
  )
}
