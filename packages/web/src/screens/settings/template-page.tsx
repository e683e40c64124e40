import { locations } from '@groundlevel/contracts'
import { SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { FormProblem } from '../../parts/form-problem.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { useLocationId } from '../contacts/words.js'
import { SaveBar, sayDone } from '../developer/save-bar.js'
import { useRecordForm } from './edit-drawer.js'
import { MergeText } from './merge-text.js'
import { TemplatePreview } from './template-preview.js'
import { type Template, type TemplateType, typeNames } from './template-words.js'

const valuesOf = (row: Template | undefined) => ({
  name: row?.name ?? '',
  subject: row?.template.subject ?? '',
  html: row?.template.html ?? '',
  body: row?.template.body ?? '',
})
type Values = ReturnType<typeof valuesOf>

const textsOf = (type: TemplateType, { subject, html, body }: Values) => (type === 'email' ? { subject, html } : { body })

const Editor = ({ row, type }: { row: Template | undefined; type: TemplateType }) => {
  const locationId = useLocationId()
  const navigate = useNavigate()
  const { form, options, names } = useRecordForm(valuesOf(row))
  const create = useSend(locations.templates.create, ({ template }) => {
    sayDone(`${template.name} is created`)
    void navigate(`../${template.id}`, { replace: true, relative: 'path' })
  })
  const update = useSend(locations.templates.update, () => {
    form.setInitialValues(form.getValues())
    form.resetDirty()
    sayDone('Saved')
  })
  const send = form.onSubmit((values) => {
    const body = { name: values.name.trim(), ...textsOf(type, values) }
    if (row) update.mutate({ locationId, id: row.id, body }, options)
    else create.mutate({ locationId, body: { ...body, type } }, options)
  })
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      <form onSubmit={send} noValidate>
        <Card title={`${typeNames[type]} template`}>
          <Stack gap="md">
            <TextInput label="Name" description="Only you see it." autoComplete="off" {...form.getInputProps('name')} />
            {type === 'email' ? (
              <>
                <MergeText label="Subject" {...form.getInputProps('subject')} />
                <MergeText label="HTML" rows={12} mono {...form.getInputProps('html')} />
              </>
            ) : (
              <MergeText label="Text" rows={6} {...form.getInputProps('body')} />
            )}
            <FormProblem what="The template was not saved" problem={create.error ?? update.error} names={names} />
            <SaveBar dirty={form.isDirty() || !row} busy={create.isPending || update.isPending} onUndo={form.reset} />
          </Stack>
        </Card>
      </form>
      <TemplatePreview texts={textsOf(type, form.values)} />
    </SimpleGrid>
  )
}

const Existing = ({ id }: { id: string }) => {
  const locationId = useLocationId()
  const found = useAsk(locations.templates.get, { locationId, id })
  return (
    <Loaded from={found} what="The template" waiting={<Waiting lines={6} height={36} />}>
      {({ template }) => (
        <Page title={template.name} width={1400}>
          <Editor key={template.id} row={template} type={template.type} />
        </Page>
      )}
    </Loaded>
  )
}

const asType = (text: string | null): TemplateType => (text === 'email' || text === 'whatsapp' ? text : 'sms')

/** One template beside what it gives for a contact. */
export const TemplatePage = () => {
  const { templateId = 'new' } = useParams()
  const [search] = useSearchParams()
  if (templateId !== 'new') return <Existing id={templateId} />
  const type = asType(search.get('type'))
  return (
    <Page title={`New ${type === 'email' ? 'e-mail' : typeNames[type]} template`} width={1400}>
      <Editor row={undefined} type={type} />
    </Page>
  )
}
