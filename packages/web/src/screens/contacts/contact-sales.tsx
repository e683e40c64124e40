import { opportunities, payments } from '@groundlevel/contracts'
import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { useAsk } from '../../api.js'
import { isStatus, statusNames, useBase as useBoard, useMoney, usePipelines } from '../opportunities/words.js'
import { amountOf, useAlt, useBase as usePayments, wordOf } from '../payments/words.js'
import { RelatedList } from './related.js'
import { type Contact, nameOf, useLocationId } from './words.js'

const most = 50

/** The deals of a contact, in whatever pipeline. */
export const ContactOpportunities = ({ contact }: { contact: Contact }) => {
  const locationId = useLocationId()
  const base = useBoard()
  const query = { location_id: locationId, contact_id: contact.id, status: 'all' as const, limit: most }
  const found = useAsk(opportunities.search.list, { query })
  const money = useMoney()
  const pipelines = usePipelines().data?.pipelines ?? []
  const where = (pipelineId: string | null, stageId: string | null) => {
    const pipeline = pipelines.find(({ id }) => id === pipelineId)
    return [pipeline?.name, pipeline?.stages.find(({ id }) => id === stageId)?.name].filter(Boolean).join(' › ')
  }
  return (
    <RelatedList
      title="Opportunities"
      from={found}
      rowsOf={({ opportunities: rows }) =>
        rows.map((row) => ({
          id: row.id ?? '',
          title: row.name ?? '',
          to: `${base}/${row.id}`,
          detail: [money(row.monetaryValue), where(row.pipelineId, row.pipelineStageId)].filter(Boolean).join(' · '),
          state: isStatus(row.status) ? statusNames[row.status] : undefined,
          at: row.updatedAt,
        }))
      }
      none="No opportunity"
      first={`A deal with ${nameOf(contact)} is made on the board.`}
      actions={
        <Button size="xs" variant="default" component={Link} to={base}>
          Open the board
        </Button>
      }
    />
  )
}

/** What a contact has ordered. */
export const ContactOrders = ({ contact }: { contact: Contact }) => {
  const alt = useAlt()
  const base = `${usePayments()}/orders`
  const found = useAsk(payments.order.list, { query: { ...alt, contactId: contact.id, limit: most, offset: 0 } as never })
  return (
    <RelatedList
      title="Orders"
      from={found}
      rowsOf={({ data }) =>
        data.map((row) => ({
          id: row._id,
          title: amountOf(row.amount, row.currency),
          to: `${base}/${row._id}`,
          detail: `${row.totalProducts === 1 ? '1 item' : `${row.totalProducts} items`} · ${wordOf(row.paymentStatus)} · ${wordOf(row.fulfillmentStatus)}`,
          state: wordOf(row.status),
          at: row.createdAt,
        }))
      }
      none="No order"
      first="Orders come from payment pages, apps, or are made by hand."
      actions={
        <Button size="xs" variant="default" component={Link} to={base}>
          All orders
        </Button>
      }
    />
  )
}
