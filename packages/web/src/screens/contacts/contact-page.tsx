import { contacts } from '@groundlevel/contracts'
import { Badge, Button, Group, Menu, Text } from '@mantine/core'
import { IconArrowMerge, IconDots, IconEraser, IconFileDownload, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useSend } from '../../api.js'
import { Confirm } from '../../parts/confirm.js'
import { Id } from '../../parts/identifier.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { TabsInAddress } from '../../parts/tabs-in-address.js'
import { When } from '../../parts/when.js'
import { sayDone } from '../developer/save-bar.js'
import classes from './contact.module.css'
import { ContactActivity } from './contact-activity.js'
import { ContactAppointments, ContactRuns, ContactSubmissions } from './contact-doings.js'
import { ContactFields } from './contact-fields.js'
import { ContactMessages } from './contact-messages.js'
import { ContactNotes } from './contact-notes.js'
import { DoNotDisturb, Followers } from './contact-people.js'
import { ContactOpportunities, ContactOrders } from './contact-sales.js'
import { ContactTags } from './contact-tags.js'
import { ContactTasks } from './contact-tasks.js'
import { MergeWithAnother } from './merge-contacts.js'
import { ErasePerson, ExportPerson } from './protection.js'
import { SamePerson } from './same-person.js'
import { useContact } from './use-contact.js'
import { type Contact, nameOf, useLocationId } from './words.js'

const Remove = ({ contact, onClose }: { contact: Contact; onClose: () => void }) => {
  const locationId = useLocationId()
  const navigate = useNavigate()
  const remove = useSend(contacts.contact.remove, () => {
    sayDone(`${nameOf(contact)} is deleted`)
    void navigate(`/portal/sub-account/${locationId}/contacts`)
  })
  return (
    <Confirm
      title={`Delete ${nameOf(contact)}?`}
      action="Delete contact"
      type={nameOf(contact)}
      busy={remove.isPending}
      problem={remove.error}
      onConfirm={() => remove.mutate({ contactId: contact.id })}
      onClose={onClose}
    >
      Notes, tasks and field values go with the contact. This cannot be undone.
    </Confirm>
  )
}

type Act = 'merge' | 'export' | 'erase' | 'delete'

const Acts = ({ contact }: { contact: Contact }) => {
  const [act, setAct] = useState<Act>()
  const close = () => setAct(undefined)
  const locationId = useLocationId()
  const navigate = useNavigate()
  const onMerged = (id: string) => {
    close()
    void navigate(`/portal/sub-account/${locationId}/contacts/${id}`, { replace: true })
  }
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button variant="default" rightSection={<IconDots size={16} />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconArrowMerge size={16} />} onClick={() => setAct('merge')}>
            Merge with another contact
          </Menu.Item>
          <Menu.Item leftSection={<IconFileDownload size={16} />} onClick={() => setAct('export')}>
            Export what is held
          </Menu.Item>
          <Menu.Item leftSection={<IconEraser size={16} />} onClick={() => setAct('erase')}>
            Erase the person
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => setAct('delete')}>
            Delete contact
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {act === 'merge' && <MergeWithAnother contact={contact} onClose={close} onMerged={onMerged} />}
      {act === 'export' && <ExportPerson contact={contact} onClose={close} />}
      {act === 'erase' && <ErasePerson contact={contact} onClose={close} />}
      {act === 'delete' && <Remove contact={contact} onClose={close} />}
    </>
  )
}

const tabsOf = (contact: Contact) => ({
  notes: { word: 'Notes', shown: <ContactNotes contactId={contact.id} /> },
  messages: { word: 'Messages', shown: <ContactMessages contact={contact} /> },
  tasks: { word: 'Tasks', shown: <ContactTasks contactId={contact.id} /> },
  opportunities: { word: 'Opportunities', shown: <ContactOpportunities contact={contact} /> },
  appointments: { word: 'Appointments', shown: <ContactAppointments contact={contact} /> },
  orders: { word: 'Orders', shown: <ContactOrders contact={contact} /> },
  forms: { word: 'Forms', shown: <ContactSubmissions contact={contact} /> },
  workflows: { word: 'Workflows', shown: <ContactRuns contact={contact} /> },
  activity: { word: 'Activity', shown: <ContactActivity contact={contact} /> },
})

const Facts = ({ contact }: { contact: Contact }) => (
  <Group gap="xs">
    <Badge color="gray" c="var(--mantine-color-text)">
      {contact.type}
    </Badge>
    <Id value={contact.id} what="contact id" />
    <Text span size="sm">
      added <When at={contact.dateAdded} />
    </Text>
  </Group>
)

const Details = ({ contact }: { contact: Contact }) => (
  <Page title={nameOf(contact)} width={1280} about={<Facts contact={contact} />} actions={<Acts contact={contact} />}>
    <SamePerson contact={contact} />
    <div className={classes.columns}>
      <div className={classes.side}>
        <ContactFields contact={contact} />
      </div>
      <div className={classes.main}>
        <ContactTags contact={contact} />
        <TabsInAddress tabs={tabsOf(contact)} />
        <Followers contact={contact} />
        <DoNotDisturb contact={contact} />
      </div>
    </div>
  </Page>
)

/** One contact, with everything that hangs on it. */
export const ContactPage = () => {
  const { contactId = '' } = useParams()
  const found = useContact()
  return (
    <Loaded
      key={contactId}
      from={found}
      what="The contact"
      waiting={
        <Page title="Contact">
          <Card>
            <Waiting lines={8} />
          </Card>
        </Page>
      }
    >
      {({ contact }) => <Details contact={contact} />}
    </Loaded>
  )
}
