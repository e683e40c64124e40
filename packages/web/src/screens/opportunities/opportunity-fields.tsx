import { opportunities } from '@groundlevel/contracts'
import { Anchor, Button, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from 'react-router'
import { call } from '../../api.js'
import { Empty } from '../../parts/empty.js'
import { Card } from '../../parts/page.js'
import { CustomValue } from '../contacts/custom-value.js'
import { useCustomFields, useLocationId } from '../contacts/words.js'
import type { Opportunity } from './words.js'

/** The sub-account's own fields of an opportunity; each is changed where it stands. */
export const OpportunityCustomFields = ({ row }: { row: Opportunity }) => {
  const cache = useQueryClient()
  const { fields, pending } = useCustomFields('opportunity')
  const base = `/portal/sub-account/${useLocationId()}/settings/custom-fields?object=opportunity`
  const change = async (id: string, value: unknown) => {
    await call(opportunities.opportunity.update, { id: row.id, body: { customFields: [{ id, field_value: value }] } })
    await cache.invalidateQueries()
  }
  const settings = (
    <Button size="xs" variant="default" component={Link} to={base}>
      Set up fields
    </Button>
  )
  if (pending) return null
  return (
    <Card title="Custom fields" actions={fields.length > 0 ? undefined : settings}>
      {fields.length === 0 ? (
        <Empty title="No custom field of opportunities">What you want to know of every deal gets a field of its own.</Empty>
      ) : (
        <>
          {fields.map((field) => (
            <CustomValue
              key={field.id}
              field={field}
              value={row.customFields.find(({ id }) => id === field.id)?.fieldValue}
              save={(value) => change(field.id, value)}
            />
          ))}
          <Text size="xs" mt="xs">
            <Anchor component={Link} to={base} size="xs">
              Set up fields
            </Anchor>
          </Text>
        </>
      )}
    </Card>
  )
}
