import { type RawBuilder, sql } from 'kysely'
import { contactTest } from '../contacts/index.js'
import { type Cell, type Cells, type Condition, compileFilter, type Group, type SortCells } from '../filters/index.js'

const column = (name: string) => sql.ref(`opportunities.${name}`)
const plain = (name: string): Cell => ({ in: 'column', of: column(name) })
const lower = (name: string): Cell => ({ in: 'column', of: sql`lower(${column(name)})` })

const ofContact = (locationId: string, field: Parameters<typeof contactTest>[2]): Cell => ({
  in: 'rows',
  ...contactTest(locationId, column('contactId'), field),
})

/** Filed in the column of its kind; the columns before it in the index are empty (migration 0023). */
const filedIn = ({ type, operator }: Condition) => {
  if (type === 'number') return { of: sql`v.num`, before: sql`` }
  if (type === 'date') return { of: sql`v.at`, before: sql` and v.num is null` }
  const of = operator === 'eq' || operator === 'not_eq' ? sql`left(v.text, 100)` : sql`v.text`
  return { of, before: sql` and v.num is null and v.at is null` }
}

const customCell = (locationId: string, { id, optionId }: NonNullable<Condition['custom']>, condition: Condition): Cell => {
  const { of, before } = filedIn(condition)
  const presence = condition.operator === 'exists' || condition.operator === 'not_exists'
  const box = optionId === undefined ? sql`` : sql` and v."optionId" = ${optionId}`
  const some = (test: RawBuilder<boolean>) => sql<boolean>`exists (select from "opportunityFieldValues" v
    where v."locationId" = ${locationId} and v."opportunityId" = opportunities.id and v."fieldId" = ${id}${box}${presence ? sql`` : before} and ${test})`
  return { in: 'rows', of, some }
}

/** Where the values of each field lie. */
export const opportunityCells = (locationId: string): Cells => ({
  fields: {
    id: plain('id'),
    name: lower('name'),
    contact_name: ofContact(locationId, 'name'),
    company_name: ofContact(locationId, 'companyName'),
    email: ofContact(locationId, 'email'),
    phone: ofContact(locationId, 'phone'),
    followers: { in: 'array', of: column('followers') },
    monetary_value: plain('monetaryValue'),
    pipeline_id: plain('pipelineId'),
    pipeline_stage_id: plain('pipelineStageId'),
    status: plain('status'),
    lost_reason_id: plain('lostReasonId'),
    source: lower('source'),
    assigned_to: plain('assignedTo'),
    contact_id: plain('contactId'),
    date_added: plain('createdAt'),
    date_updated: plain('updatedAt'),
    last_status_change_date: plain('lastStatusChangeAt'),
    last_stage_change_date: plain('lastStageChangeAt'),
  },
  custom: (custom, condition) => customCell(locationId, custom, condition),
})

export const opportunitySortCells: SortCells = {
  id: sql.ref<string>('opportunities.id'),
  fields: {
    date_added: column('createdAt'),
    date_updated: column('updatedAt'),
    name: sql`lower(${column('name')})`,
    monetary_value: column('monetaryValue'),
    last_status_change_date: column('lastStatusChangeAt'),
    last_stage_change_date: column('lastStageChangeAt'),
  },
}

/** Whether a contact has an opportunity for which all conditions hold, for the search of contacts. */
export const opportunityOfContact = (locationId: string, contactId: RawBuilder<unknown>, inner: Group): RawBuilder<boolean> => {
  const cells = {
    fields: { pipelineId: plain('pipelineId'), pipelineStageId: plain('pipelineStageId'), status: plain('status') },
  }
  return sql<boolean>`exists (select from opportunities
    where opportunities."locationId" = ${locationId} and opportunities."contactId" = ${contactId} and ${compileFilter(inner, cells)})`
}

const most = 50

/** Opportunities of a contact as rows of the search of contacts have them. */
export const opportunitiesOfContact = (locationId: string, contactId: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select coalesce(json_agg(o), '[]') from (
    select id, "pipelineId", "pipelineStageId", "monetaryValue", status from opportunities
    where "locationId" = ${locationId} and opportunities."contactId" = ${contactId}
    order by "createdAt" desc limit ${sql.lit(most)}) o)`
