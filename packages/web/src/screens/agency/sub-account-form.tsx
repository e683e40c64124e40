import { locations } from '@groundlevel/contracts'
import { useNavigate } from 'react-router'
import { useSend } from '../../api.js'
import { sayDone } from '../developer/save-bar.js'
import { EditDrawer, useRecordForm } from '../settings/edit-drawer.js'
import { profileBody, profileOf } from '../settings/location-words.js'
import { AddressFields, ProfileFields } from '../settings/profile-fields.js'

/** A new sub-account; the browser's time zone is offered. */
export const CreateSubAccount = ({ companyId, onClose }: { companyId: string; onClose: () => void }) => {
  const navigate = useNavigate()
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const { form, options, names } = useRecordForm(profileOf({ timezone: zone }))
  const create = useSend(locations.location.create, ({ id, name }) => {
    sayDone(`${name} is created`)
    void navigate(`/portal/sub-account/${id}/settings/users`)
  })
  const send = form.onSubmit((values) => {
    const { settings: _, ...body } = profileBody(values)
    create.mutate({ body: { companyId, ...body } }, options)
  })
  return (
    <EditDrawer
      title="New sub-account"
      failed="The sub-account was not created"
      sends={[create]}
      names={names}
      action="Create sub-account"
      onSubmit={send}
      onClose={onClose}
    >
      <ProfileFields form={form} />
      <AddressFields form={form} />
    </EditDrawer>
  )
}
