import { opportunities } from '@groundlevel/contracts'
import { useSearchParams } from 'react-router'
import { useSend } from '../../api.js'
import { ContactChoice } from '../contacts/contact-choice.js'
import { useLocationId } from '../contacts/words.js'
import { sayDone } from '../developer/save-bar.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { bodyOf, OpportunityFields, valuesOf } from './fields.js'
import type { Pipeline } from './words.js'

/** A new opportunity of a contact, in the pipeline that is shown. */
export const CreateOpportunity = ({ pipelines, onClose }: { pipelines: readonly Pipeline[]; onClose: () => void }) => {
  const locationId = useLocationId()
  const [search] = useSearchParams()
  const shown = pipelines.find(({ id }) => id === search.get('pipeline')) ?? pipelines[0]
  const { form, options, names } = useRecordForm(valuesOf(undefined, shown))
  const create = useSend(opportunities.opportunity.create, ({ opportunity }) => {
    sayDone(`${opportunity.name} is created`)
    onClose()
  })
  const send = form.onSubmit((values) =>
    create.mutate({ body: { ...bodyOf(values), contactId: values.contactId, locationId } }, options),
  )
  return (
    <EditDrawer
      title="New opportunity"
      failed="The opportunity was not created"
      sends={[create]}
      names={names}
      action="Create opportunity"
      onSubmit={send}
      onClose={onClose}
    >
      <ContactChoice
        label="Contact"
        required
        value={form.values.contactId}
        onChange={(id) => form.setFieldValue('contactId', id)}
        error={form.errors.contactId as string | undefined}
      />
      <OpportunityFields form={form} pipelines={pipelines} />
    </EditDrawer>
  )
}
