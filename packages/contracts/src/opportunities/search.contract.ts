import { GET, POST, searchAfter, startAfter, t } from '@groundlevel/contract-kit'
import { opportunities } from './module.js'
import { OpportunityHit } from './opportunity.shapes.js'

const Meta = t.Object({
  total: t.Integer(),
  nextPageUrl: t.Nullable(t.String()),
  startAfterId: t.Nullable(t.String()),
  startAfter: t.Nullable(t.Integer()),
  currentPage: t.Nullable(t.Integer()),
  nextPage: t.Nullable(t.Integer()),
  prevPage: t.Nullable(t.Integer()),
})

const sums = {
  totalCount: t.Integer(),
  totalValue: t.Number(),
  weightedValue: t.Number(),
  openValue: t.Number(),
  openWeightedValue: t.Number(),
  wonValue: t.Number(),
}

/** What all that was found comes to in one stage; weighted by the probability of each. */
const StageSums = t.Object({ pipelineStageId: t.String(), ...sums })

const Aggregations = t.Object({ ...sums, stages: t.Array(t.Object({ pipelineId: t.String(), ...StageSums.properties })) })

const sortFields = [
  'date_added',
  'date_updated',
  'name',
  'monetary_value',
  'last_status_change_date',
  'last_stage_change_date',
] as const

const orders = ['added', 'updated', 'name', 'value', 'status', 'stage'].flatMap((field) => [`${field}_asc`, `${field}_desc`])

/** A filter by id: absent and empty are the same, since clients follow links that name every parameter. */
const id = t.Optional(t.String({ maxLength: 75 }))
const page = t.Optional(t.Integer({ minimum: 0, maximum: 10_000 }))

export const search = opportunities.resource(
  'search',
  '/opportunities/search',
  {
    list: GET('', {
      id: 'search-opportunity',
      summary: 'Opportunities of a sub-account by pipeline, stage, status and more, newest first',
      tenant: 'query',
      query: t.Object({
        q: t.Optional(t.String({ maxLength: 75 })),
        location_id: t.String(),
        pipeline_id: id,
        pipeline_stage_id: id,
        contact_id: id,
        status: t.Optional(t.Enum(['open', 'won', 'lost', 'abandoned', 'all', ''])),
        assigned_to: id,
        campaignId: id,
        id,
        order: t.Optional(t.Enum([...orders, ''])),
        /** mm-dd-yyyy, the first and the last day, in the sub-account's zone. */
        date: t.Optional(t.String({ maxLength: 40 })),
        endDate: t.Optional(t.String({ maxLength: 40 })),
        startAfter: t.Optional(t.String({ maxLength: 40 })),
        startAfterId: id,
        country: t.Optional(t.String({ maxLength: 75 })),
        page,
        limit: t.Default(t.Integer({ minimum: 1, maximum: 100 }), 20),
        getTasks: t.Optional(t.Boolean()),
        getNotes: t.Optional(t.Boolean()),
        getCalendarEvents: t.Optional(t.Boolean()),
      }),
      reply: t.Object({ opportunities: t.Array(t.Row(OpportunityHit)), meta: Meta, aggregations: Aggregations }),
      page: startAfter('opportunities'),
      v3: { casing: 'camel' },
    }),
    advanced: POST('', {
      id: 'search-opportunities-advanced',
      summary: 'Search opportunities by text and by fields',
      scope: 'opportunities.readonly',
      effect: 'read',
      tenant: 'body',
      body: t.Object({
        locationId: t.String(),
        limit: t.Default(t.Integer({ minimum: 1, maximum: 500 }), 20),
        /** From 1; the document's example counts from 0, which is the first page too. */
        page,
        searchAfter: t.Optional(t.Array(t.Unknown(), { maxItems: 3 })),
        query: t.Optional(t.String({ maxLength: 75 })),
        /** Checked against the fields and their operators, which a shape cannot say (wire-contract §4.3). */
        filters: t.Optional(t.Array(t.Open(), { maxItems: 100 })),
        sort: t.Optional(t.Array(t.Object({ field: t.Enum(sortFields), direction: t.Enum(['asc', 'desc']) }), { maxItems: 2 })),
        additionalDetails: t.Optional(
          t.Object({
            notes: t.Optional(t.Boolean()),
            tasks: t.Optional(t.Boolean()),
            calendarEvents: t.Optional(t.Boolean()),
            unReadConversations: t.Optional(t.Boolean()),
          }),
        ),
      }),
      status: 201,
      reply: t.Object({
        opportunities: t.Array(t.Row(OpportunityHit)),
        total: t.Integer(),
        stageAggregations: t.Array(StageSums),
        aggregations: Aggregations,
      }),
      page: searchAfter('opportunities', { cursor: 'sort', size: 'limit' }),
    }),
  },
  { reaches: 'narrowed' },
)
