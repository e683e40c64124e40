import { contacts, forms, workflows } from '@groundlevel/contracts'
import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { useAsk } from '../../api.js'
import { statusNames } from '../calendars/use-events.js'
import { statusWord } from '../workflows/words.js'
import { RelatedList } from './related.js'
import { type Contact, textOf, useLocationId } from './words.js'

const useBase = () => `/portal/sub-account/${useLocationId()}`

const Onward = ({ to, children }: { to: string; children: string }) => (
  <Button size="xs" variant="default" component={Link} to={to}>
    {children}
  </Button>
)

/** When a contact comes, or came; the times are those of the sub-account. */
export const ContactAppointments = ({ contact }: { contact: Contact }) => {
  const base = `${useBase()}/calendars`
  const found = useAsk(contacts.appointments.list, { contactId: contact.id })
  return (
    <RelatedList
      title="Appointments"
      from={found}
      rowsOf={({ events }) =>
        events.map((row) => ({
          id: row.id,
          title: row.title || 'Appointment',
          to: `${base}?day=${(row.startTime ?? '').slice(0, 10)}`,
          detail: (row.startTime ?? '').slice(0, 16).replace('T', ' '),
          state: statusNames[row.appointmentStatus ?? ''] ?? row.appointmentStatus,
        }))
      }
      none="No appointment"
      first="Book one in the calendar, or send the link of a booking page."
      actions={<Onward to={base}>Open the calendar</Onward>}
    />
  )
}

const answersOf = (others: unknown): string =>
  Object.entries((others ?? {}) as Record<string, unknown>)
    .map(([key, value]) => [key, textOf(value)] as const)
    .filter(([key, text]) => text !== '' && !/^(eventData|formId|location_id|sessionId|submissionId)$/.test(key))
    .slice(0, 6)
    .map(([key, text]) => `${key}: ${text}`)
    .join(' · ')

/** What a contact has sent by forms. */
export const ContactSubmissions = ({ contact }: { contact: Contact }) => {
  const locationId = useLocationId()
  const base = `${useBase()}/automation/forms`
  // Without a day the last month would be answered.
  const query = { locationId, q: contact.id, startAt: '2000-01-01', limit: 100 }
  const found = useAsk(forms.formSubmissions.list, { query: query as never })
  const known = useAsk(forms.form.list, { query: { locationId, limit: 50 } as never })
  const nameOf = (id: string | null) => known.data?.forms.find((form) => form.id === id)?.name ?? 'A form'
  return (
    <RelatedList
      title="Form submissions"
      from={found}
      rowsOf={({ submissions }) =>
        submissions.map((row) => ({
          id: row.id ?? '',
          title: nameOf(row.formId),
          to: `${base}/${row.formId}`,
          detail: answersOf(row.others),
          at: row.createdAt,
        }))
      }
      none="No submission"
      first="What the contact sends by a form of this sub-account is kept here."
      actions={<Onward to={base}>All forms</Onward>}
    />
  )
}

/** Which workflows a contact went through. */
export const ContactRuns = ({ contact }: { contact: Contact }) => {
  const locationId = useLocationId()
  const base = `${useBase()}/automation/workflows`
  const found = useAsk(workflows.runs.list, { contactId: contact.id, query: { limit: 50 } as never })
  const known = useAsk(workflows.workflow.list, { query: { locationId } })
  const nameOf = (id: string | null) => known.data?.workflows.find((each) => each.id === id)?.name ?? 'A workflow'
  return (
    <RelatedList
      title="Workflow runs"
      from={found}
      rowsOf={({ enrolments }) =>
        enrolments.map((row) => ({
          id: row.id ?? '',
          title: nameOf(row.workflowId),
          to: `${base}/${row.workflowId}`,
          detail: row.reason ?? (row.steps === 1 ? '1 step' : `${row.steps ?? 0} steps`),
          state: statusWord(row.status),
          at: row.startedAt,
        }))
      }
      none="In no workflow"
      first="A trigger, an app or the bulk acts of the contacts put a contact into one."
      actions={<Onward to={base}>All workflows</Onward>}
    />
  )
}
