import type { Reply } from '@groundlevel/contract-kit'
import { emails } from '@groundlevel/contracts'
import { SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useParams } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { FormProblem } from '../../parts/form-problem.js'
import { Id } from '../../parts/identifier.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Notice } from '../../parts/notice.js'
import { Card, Page } from '../../parts/page.js'
import { useSession } from '../../session.js'
import { useLocationId } from '../contacts/words.js'
import { SaveBar, sayDone } from '../developer/save-bar.js'
import { useRecordForm } from './edit-drawer.js'
import { MergeText } from './merge-text.js'
import { TemplatePreview } from './template-preview.js'

type EmailTemplate = Reply<typeof emails.builder.get>['template']

interface Design {
  readonly elements: unknown[]
  readonly attrs: Record<string, unknown>
  readonly templateSettings: Record<string, unknown>
}

/** What the drag-and-drop builder of an app has stored beside the HTML; kept as it is. */
const designOf = (dnd: unknown): Design => {
  const { elements, attrs, templateSettings, ...rest } = (dnd ?? {}) as Partial<Design>
  return { ...rest, elements: elements ?? [], attrs: attrs ?? {}, templateSettings: templateSettings ?? {} }
}

const Editor = ({ template }: { template: EmailTemplate }) => {
  const locationId = useLocationId()
  const accountId = useSession().data?.account?.id ?? ''
  const design = designOf(template.dnd)
  const { form, options, names } = useRecordForm({
    subject: template.subject ?? '',
    previewText: template.previewText ?? '',
    html: template.html ?? '',
  })
  const save = useSend(emails.builder.update, () => {
    form.setInitialValues(form.getValues())
    form.resetDirty()
    sayDone('Saved')
  })
  const send = form.onSubmit((values) =>
    save.mutate(
      { body: { ...values, locationId, templateId: template.id, updatedBy: accountId, dnd: design, editorType: 'html' } },
      options,
    ),
  )
  const { subject, html } = form.values
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      <form onSubmit={send} noValidate>
        <Card title="E-mail">
          <Stack gap="md">
            {design.elements.length > 0 && (
              <Notice tone="waiting" title="An app designed this e-mail from blocks">
                Changing the HTML here leaves its blocks as they are: the app will not see the change in its own editor.
              </Notice>
            )}
            <MergeText label="Subject" {...form.getInputProps('subject')} />
            <TextInput
              label="Preview text"
              description="What an inbox shows after the subject."
              autoComplete="off"
              {...form.getInputProps('previewText')}
            />
            <MergeText label="HTML" rows={14} mono {...form.getInputProps('html')} />
            <FormProblem what="The e-mail was not saved" problem={save.error} names={names} />
            <SaveBar dirty={form.isDirty()} busy={save.isPending} onUndo={form.reset} />
          </Stack>
        </Card>
      </form>
      <TemplatePreview texts={{ subject, html }} />
    </SimpleGrid>
  )
}

/** One e-mail of the builder beside what it gives for a contact. */
export const EmailTemplatePage = () => {
  const { templateId = '' } = useParams()
  const locationId = useLocationId()
  const found = useAsk(emails.builder.get, { locationId, templateId })
  return (
    <Loaded from={found} what="The e-mail" waiting={<Waiting lines={6} height={36} />}>
      {({ template }) => (
        <Page title={template.name} about={<Id value={template.id} what="template id" />} width={1400}>
          <Editor key={template.id} template={template} />
        </Page>
      )}
    </Loaded>
  )
}
